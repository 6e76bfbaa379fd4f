// What edition/offline.rs writes above the worker.

declare const OFFLINE: unknown;
