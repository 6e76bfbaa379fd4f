// Scripts without spaces between words, such as Japanese and Thai, are cut into overlapping pairs of letters, as `scripts.rs` cuts them.

// A letter with its marks. The ranges have the letters of those of `scripts.rs`, so that the browser's tables of scripts have no say.
const LETTERS =
  /(?=[\p{L}\p{Nl}])[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u312f\u31a0-\u9fff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{3ffff}]\p{M}*/gu;

/** Stretches of such letters. To split at it gives what is between them, too, which comes first. */
export const RUN = new RegExp(`((?:${LETTERS.source})+)`, "u");

/** @param {string} run @returns {string[]} */
export const lettersOf = (run) => run.match(LETTERS) ?? [];

/** Is it one such letter? @param {string} word */
export const isLetter = (word) => lettersOf(word)[0] === word;

/** The pairs of a stretch; of a single letter itself. @param {string} run */
export function pairs(run) {
  const letters = lettersOf(run);
  return letters.length > 1 ? letters.slice(1).map((letter, i) => letters[i] + letter) : letters;
}

/** For each word that was cut into several pairs, which of the matches are its own, as bits. @param {{run?: number}[]} matches */
export function runsOf(matches) {
  /** @type {Map<number, number>} */
  const runs = new Map();
  matches.forEach(({ run }, i) => run !== undefined && runs.set(run, (runs.get(run) ?? 0) | (1 << i)));
  return [...runs.values()].filter((mask) => mask & (mask - 1));
}
