// What both need is in `a.js`.
export { a } from "./a.js";
