//! Pictures as a browser draws them.

use serde_json::json;

use super::{Browser, Options, Serve, Server};
use crate::pictures::photo;
use crate::support::{CONFIG, NO_ADVICE, Site};

/// Of each picture, the type that the browser took, whether it is as large as the same as WebP, and how far from it: the mean
/// of all colours, of 255.
const COMPARE: &str = "
    const points = async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      return [canvas.width, canvas.height, context.getImageData(0, 0, canvas.width, canvas.height).data];
    };
    const found = [];
    for (const image of document.querySelectorAll('main picture img')) {
      image.loading = 'eager';
      await image.decode();
      const name = new URL(image.currentSrc).pathname;
      const [width, height, one] = await points(name);
      const [w, h, other] = await points(name.replace('v1.avif', '.webp'));
      const far = one.reduce((sum, value, at) => sum + Math.abs(value - other[at]), 0);
      found.push([name.split('.').pop(), width === w && height === h, far / one.length]);
    }
    return found;";

#[test]
fn avif_is_taken_and_shows_the_same_as_webp() {
    let site = Site::new()
        .with(
            "ringback.yaml",
            format!("{CONFIG}{NO_ADVICE}cards: false\nimages: {{avif: {{budget: unlimited}}}}\n"),
        )
        .with(
            "content/insights/desks.md",
            "---\ntitle: Desks\n---\n![A desk](desk.jpg)\n\n![A hall](hall.jpg)\n",
        )
        .with("content/insights/desk.jpg", photo(601, 401))
        .with("content/insights/hall.jpg", photo(333, 222));
    site.build();
    let server = Server::of(&site.path("public"), Serve::default());
    let Some(page) = Browser::open(Options::default()) else { return };
    page.goto(&server.url("/insights/desks/"));
    let found = page.js_async(COMPARE, &[]);
    let pictures = found.as_array().unwrap_or_else(|| panic!("{found}"));
    assert_eq!(pictures.len(), 2, "{found}");
    for picture in pictures {
        assert_eq!((&picture[0], &picture[1]), (&json!("avif"), &json!(true)), "{found}");
        // Both have lost something of the noise.
        assert!(picture[2].as_f64().is_some_and(|far| far < 6.0), "{found}");
    }
    page.assert_no_errors();
}
