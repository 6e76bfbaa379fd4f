// The files of an index, as docs/content/search-index.md specifies them.

/** One index of the manifest. */
export type About = { lang: string; label: string; entry: string };

/** The facets: for each page the numbers of its terms. */
export type Facets = { key: string; label: string; terms: [slug: string, label: string][]; pages: number[][] }[];

/** A page of the store: URL, title, number of its kind, date, then its text and its sections. */
export type Stored = [url: string, title: string, kind: number, date: string, ...texts: (string | Section)[]];
export type Section = [heading: string, text?: string, id?: string];
