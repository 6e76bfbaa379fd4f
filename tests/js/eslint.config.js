// What the type check doesn't see. The rules are ESLint's own, but for the one below.
import js from "@eslint/js";

/** Types that hold nothing, in the comments that TypeScript reads. Who needs one says why: `any: …` in the same comment. */
const noAny = {
  create(context) {
    const isLoose = (text) => /\{[^}]*(\bany\b|\*|\bFunction\b)[^}]*\}/.test(text) && !/\bany: \w/.test(text);
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const isTyped = comment.type === "Block" && comment.value.startsWith("*") && comment.value.includes("@");
          const lines = comment.value.replace(/^\s*\*/gm, "");
          if (isTyped && isLoose(lines)) context.report({ loc: comment.loc, message: "`any` without a reason" });
        }
      },
    };
  },
};

export default [
  js.configs.recommended,
  {
    plugins: { ringback: { rules: { "no-any": noAny } } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "ringback/no-any": "error",
      "max-lines": ["error", 250],
      "max-lines-per-function": ["error", { max: 60, skipComments: true }],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-var": "error",
      "prefer-const": ["error", { destructuring: "all" }],
      "no-implicit-globals": "off",
      // TypeScript knows what there is, and in which kind of script.
      "no-undef": "off",
      // Control characters are what is looked for.
      "no-control-regex": "off",
      "no-unused-vars": ["error", { ignoreRestSiblings: true, caughtErrors: "none" }],
      // What would be read as code, or run it.
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-script-url": "error",
      "no-restricted-properties": [
        "error",
        { property: "outerHTML", message: "It is read as HTML." },
        { property: "insertAdjacentHTML", message: "It is read as HTML." },
      ],
    },
  },
];
