// Ours, in the place of the built-in one.
import { count } from "./parts/count.js";
import { open } from "./parts/opne.js";
import confetti from "canvas-confetti";

count();
open();
document.addEventListener("click", () => import("../extra.js"));
