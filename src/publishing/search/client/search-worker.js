// The engine that reads the site's own index, in a worker.

/** @import { Counted, Engine, Page, Query } from "./engine" */

/** Talks to a worker: each question has an id, and the answer has the same. @param {string} url */
function talk(url) {
  const made = new Worker(url, { type: "module" });
  /** @type {Map<number, {resolve: (value: any) => void, reject: (problem: Error) => void}>} any: what the call gives */
  const waiting = new Map();
  let last = 0;
  made.onmessage = ({ data: [id, value, problem] }) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (problem) asked?.reject(new Error(problem));
    else asked?.resolve(value);
  };
  made.onerror = () => {
    for (const { reject } of waiting.values()) reject(new Error(url));
    waiting.clear();
  };
  /** @param {string} call @param {unknown} argument @returns {{id: number, answer: Promise<any>}} any: what the call gives */
  return (call, argument) => {
    const id = ++last;
    const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
    made.postMessage([id, call, argument]);
    return { id, answer };
  };
}

/** @param {string} url @param {string} manifest @returns {Promise<Engine>} */
export async function worker(url, manifest) {
  const ask = talk(url);
  await ask("open", manifest).answer;
  return {
    ready: (lang) => ask("ready", lang).answer,
    /** @param {Query} query */
    async find(query) {
      const { id, answer } = ask("find", query);
      /** @type {Counted} */
      const counted = await answer;
      const found = {
        ...counted,
        /** @param {number} from @param {number} to @returns {Promise<Page[]>} */
        async pages(from, to) {
          const { pages, failed } = await ask("pages", { of: id, from, to }).answer;
          found.failed ||= failed;
          return pages;
        },
      };
      return found;
    },
  };
}
