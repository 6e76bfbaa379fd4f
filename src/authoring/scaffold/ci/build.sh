#!/usr/bin/env bash
%only ready%
# Builds the public edition on hosts without ringback: Netlify or Cloudflare Pages. It gets ringback %version% from npm, a
# program that is ready. Until its makers have published it there, anyone could take that name. Then, or to compile your own
# copy of the source: `ringback init . --ci %host% --compile`.
%only source%
# Builds the public edition on hosts without ringback: Netlify or Cloudflare Pages. It compiles ringback from
# RINGBACK_SOURCE, the URL of a git repository, which takes a few minutes. Without it, `ringback` has to be installed.
%all%
set -euo pipefail

%only ready%
# Installing gets no secrets. Add any other secret variables here.
%only source%
# Compiling gets no secrets. Add any other secret variables here.
%all%
without_secrets() {
  env -u CRM_WEBHOOK_URL -u RINGBACK_SECRET -u RINGBACK_PASSPHRASE "$@"
}

%only ready%
# This version and no other. No script of a package is run.
program="$HOME/.ringback-program"
without_secrets npm install --prefix "$program" --ignore-scripts --no-audit --no-fund ringback@%version%
export PATH="$program/node_modules/.bin:$PATH"
%only source%
if [ -n "${RINGBACK_SOURCE:-}" ]; then
  if ! command -v rustup >/dev/null; then
    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | without_secrets sh -s -- -y --profile minimal --default-toolchain none
  fi
  export PATH="$HOME/.cargo/bin:$PATH"
  without_secrets rustup toolchain install stable --profile minimal
  without_secrets cargo +stable install --locked --git "$RINGBACK_SOURCE" ringback
elif ! command -v ringback >/dev/null; then
  echo "Set RINGBACK_SOURCE to the address of a git repository with ringback's source." >&2
  exit 2
fi
%all%

# The site's own URL is in ringback.yaml. A preview has another one, so that its links stay inside it. Give previews
# their own values for the variables: a test webhook, and another secret.
address=()
if [ "${CONTEXT:-production}" != production ] && [ -n "${DEPLOY_PRIME_URL:-}" ]; then
  address=(--base-url "$DEPLOY_PRIME_URL")   # Netlify
elif [ -n "${CF_PAGES_URL:-}" ] && [ "${CF_PAGES_BRANCH:-main}" != "${PRODUCTION_BRANCH:-main}" ]; then
  address=(--base-url "$CF_PAGES_URL")       # Cloudflare Pages
fi
# Images that were made once aren't made again. Netlify keeps this folder from one build to the next.
cache="${NETLIFY_CACHE_DIR:-/opt/build/cache}"
images="$cache/ringback-images"
if [ -d "$images" ]; then
  mkdir -p .ringback && cp -a "$images" .ringback/images
fi
ringback build --edition public --out public --format short ${address[@]+"${address[@]}"}
if [ -d "$cache" ] && [ -d .ringback/images ]; then
  rm -rf "$images" && cp -a .ringback/images "$images"
fi
