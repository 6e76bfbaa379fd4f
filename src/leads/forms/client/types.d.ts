// What the scripts of leads hand to each other, and keep. docs/lead.schema.json and docs/call.schema.json say what is in a
// lead; only what is read by name is here.

import type { Hook, LeadPage } from "./config";

/** What is known. Only `waiting` is sent again unasked; what became of `unsure` nobody here can know. */
export type State = "confirmed" | "sent" | "waiting" | "unsure" | "refused";

/** An answer of a form, or what a placeholder of a call was filled with. */
export type Answer = string | number | boolean | string[];

export type Touch = { landing?: string; referrer?: string } & Record<string, string>;

/** A button that was pressed: its name, and the page that it is on, if the browser tells. */
export type Button = { id: string; page?: string };

export type Attribution = { rep?: string; cta?: Button; first?: Touch; last?: Touch };

export type Receipt = { id: string; version: string | null; lang: string; text_sha256: string; given: boolean };

export type Meta = { elapsed_ms?: number; queued_ms?: number; attempt?: number };

/** A lead has `fields`, a call `placeholders` and `fields`. */
export type Data = {
  form?: string;
  gate?: string | null;
  fields?: Record<string, Answer | undefined>;
  placeholders?: Record<string, Answer | undefined>;
  page?: LeadPage;
  consent?: Receipt[];
  attribution?: Attribution;
  meta: Meta;
  [more: string]: unknown;
};

export type Lead = { type: string; version: number; id: string; timestamp: string; data: Data };

/** A webhook, as a form or a call uses it. */
export type Receiver = Pick<Hook, "kind" | "url" | "response"> & Partial<Hook>;

/** Back-off sends it at `next`; an event, such as a new visit, may from `floor` on. */
export type Delivery = { hook: Receiver; state: State; tries: number; next: number; floor: number };

/** `print` tells contents apart, `texts` are the consents' words, `mail` is a letter that says the same. */
export type Entry = {
  lead: Lead;
  print: number;
  texts: Record<string, string>;
  mail: string;
  born: number;
  deliveries: Delivery[];
};

/** What is remembered of the last lead of a form, or of the last call. */
export type Sent = { id: string; print: number; state: State; at: number };

/** Told of a lead. `leads`: nobody else shows something better, so the focus may go there. */
export type Watcher = (lead: Lead, state: State, leads: boolean) => void;
