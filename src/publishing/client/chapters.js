// A chapter starts the player above it where it begins. Without this file, it opens the file at that place.

for (const list of document.querySelectorAll(".chapters")) {
  const player = list.previousElementSibling?.querySelector("audio, video");
  if (!(player instanceof HTMLMediaElement)) continue;
  list.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const at = Number(link?.hash.replace("#t=", "") || NaN);
    if (Number.isNaN(at)) return;
    event.preventDefault();
    player.currentTime = at;
    player.play().catch(console.warn);
  });
}
