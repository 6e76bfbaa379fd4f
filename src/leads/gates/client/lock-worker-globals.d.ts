// What lock.rs writes above the worker.

declare const LANGUAGES: import("./lock-pages.js").Language[];
