// What browsers have and TypeScript's own declarations don't.

interface Navigator {
  /** https://www.w3.org/TR/gpc/ */
  readonly globalPrivacyControl?: boolean;
}

/** The history of a tab on this site (HTML Standard, section 7.2.6, "The navigation API"), which TypeScript doesn't know yet. */
interface Window {
  readonly navigation?: {
    readonly currentEntry: { readonly index: number } | null;
    entries(): { readonly url: string | null }[];
  };
}
