// What is inside the sealed files: `leads/gates/document.rs` writes it, docs/content/gates.md has the formats.

export type SealedFile = { sealed: string; item: string; type: string; name: string; width?: number; height?: number };

export type TocEntry = { id: string; text: string; children: TocEntry[] };

export type Opened = { html: string; toc: TocEntry[]; files: Record<string, SealedFile>; download: string | null };
