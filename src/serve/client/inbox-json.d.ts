// What the inbox of the preview has: `Inbox::json` in `serve/inbox`.

import type { Received } from "./received";

/** A way to answer: `serve/inbox/answers.rs`. */
export type Choice = { id: string; label: string; means: string };

export type Inbox = { answer: string; answers: Choice[]; received: Received[] };
