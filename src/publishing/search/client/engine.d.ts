// What the search box and an engine say to each other. docs/content/search.md says how to use an engine of another kind.

/** A text cut where words were found. */
export type Parts = [text: string, isHit: boolean][];

export type Query = {
  text: string;
  lang: string;
  /** In all languages. */
  all: boolean;
  /** Which indexes of the manifest; those of pages without. */
  set?: "indexes" | "objections";
  /** The chosen terms. */
  facets: Map<string, Set<string>>;
  /** Is the filter open? */
  open: boolean;
};

export type Page = {
  url: string;
  title: Parts;
  excerpt: Parts;
  kind: string;
  date: string;
  lang: string;
  label: string;
  /** Has it all words? */
  full: boolean;
  sections: { url: string; title: Parts }[];
};

export type Facet = { key: string; label: string; terms: { slug: string; label: string; count: number }[] };

/** The name of a string, and what is filled in. */
export type Note = [name: string, values?: Record<string, string | number>];

/** What a query finds, without its pages. */
export type Counted = {
  /** Pages with all words. */
  count: number;
  total: number;
  failed: boolean;
  notes: Note[];
  /** Words to offer, because they begin so. */
  begin?: string[];
  /** Words to offer, because they look alike. */
  perhaps?: string[];
  facets: Facet[];
};

export type Found = Counted & { pages: (from: number, to: number) => Promise<Page[]> };

export type Engine = {
  ready: (lang: string) => Promise<{ facets: boolean; languages: boolean }>;
  find: (query: Query) => Promise<Found>;
};
