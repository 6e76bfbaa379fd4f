// What the server tells pages of the preview.

export type Viewer = { id: string; label: string; url: string; current: boolean };

export type Problem = {
  code: string;
  severity: string;
  message: string;
  file: string | null;
  line: number | null;
  column: number | null;
  help: string[];
  snippet: string;
};

export type Problems = { shown: Problem[]; more: number };

/** What stands in the page: `PreviewPage` in `serve/page.rs`. */
export type PreviewPage = { instance: string; generation: number; state: string | null; file: string | null; problems: Problems | null; readers: Viewer[] };

/** The events of `serve/http/mod.rs`. */
export type Told =
  | { type: "hello"; instance: string; generation: number; problems: Problems; leads: number }
  | { type: "reload"; generation: number }
  | { type: "styles"; generation: number; urls: Record<string, string> }
  | { type: "problems"; problems: Problems }
  | { type: "inbox"; leads: number };
