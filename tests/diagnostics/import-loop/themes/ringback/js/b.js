export const b = () => import("./c.js");
