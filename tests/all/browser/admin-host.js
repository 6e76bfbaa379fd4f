/* A stand-in of GitHub's API, in the page itself: `gh` says what it has, and can be told to refuse. */
const [files] = arguments;
const gh = (window.gh = { files, head: "a".repeat(40), isValid: true });
const sha = (path) => {
  let sum = 5381;
  for (const letter of path + files[path]) sum = (Math.imul(sum, 33) + letter.codePointAt(0)) | 0;
  return (sum >>> 0).toString(16).padStart(40, "0");
};
const reply = (status, body) => new Response(body && JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
const commit = ({ expectedHeadOid, fileChanges }, query) => {
  // In the words of GitHub.
  const message = `Expected branch to point to "${expectedHeadOid}" but it did not. Pull and try again.`;
  if (expectedHeadOid !== gh.head) return reply(200, { data: { createCommitOnBranch: null }, errors: [{ type: "STALE_DATA", message }] });
  for (const { path, contents } of fileChanges.additions) files[path] = new TextDecoder().decode(Uint8Array.from(atob(contents), (letter) => letter.charCodeAt(0)));
  gh.head = "c".repeat(40);
  const made = { oid: gh.head, committedDate: "2026-11-30T12:00:00Z" };
  for (const [, alias, path] of query.matchAll(/(file_\d+): file\(path: "([^"]+)"\)/g)) made[alias] = { oid: sha(path) };
  return reply(200, { data: { createCommitOnBranch: { commit: made } } });
};
const real = window.fetch;
window.fetch = async (path, options = {}) => {
  const url = new URL(path?.url ?? path, location.href);
  if (url.host !== "api.github.com") return real(path, options);
  if (!gh.isValid) return reply(401, { message: "Bad credentials", status: "401" });
  if (url.pathname === "/user") return reply(200, { id: 7, login: "kim", name: "Kim", email: "kim@example.org", avatar_url: "", html_url: "https://github.com/kim" });
  if (url.pathname.includes("/collaborators/")) return reply(204, null);
  if (url.pathname.includes("/git/trees/")) return reply(200, { tree: Object.keys(files).map((path) => ({ type: "blob", path, sha: sha(path), size: files[path].length })) });
  const { query, variables } = JSON.parse(options.body);
  if (query.includes("createCommitOnBranch")) return commit(variables.input, query);
  const nodes = [{ oid: gh.head, message: "x", author: { name: "Kim", email: "kim@example.org", user: { id: 7, login: "kim" } }, committedDate: "2026-11-30T12:00:00Z" }];
  const ref = { target: { oid: gh.head, history: { nodes } } };
  const known = new Map(Object.keys(files).map((path) => [sha(path), files[path]]));
  const repository = { defaultBranchRef: { name: "main" }, ref };
  for (const [, alias, wanted] of query.matchAll(/(\w+): object\(oid: "([0-9a-f]+)"\)/g)) repository[alias] = { text: known.get(wanted), isTruncated: false };
  for (const [, alias] of query.matchAll(/(commit_\d+): /g)) repository[alias] = ref;
  return reply(200, { data: { repository } });
};
