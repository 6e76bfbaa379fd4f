//! What visitors fill in on a page: an assessment is a `Quiz` (<https://schema.org/Quiz>), a calculator a `WebApplication`
//! (<https://schema.org/WebApplication>). For surveys, schema.org has no words.

use super::{Json, Subjected, code};
use crate::config::Localized;
use crate::content::body::EmbedKind;

impl<'a> Subjected<'a> {
    /// The assessments and calculators in the open text, each once.
    pub(super) fn interactive_parts(&self) -> Vec<Json<'a>> {
        let (site, lang) = (self.site, self.page.lang());
        let text = |words: &'a Localized| site.config().text(words, lang);
        let embeds = &self.page.body().embeds;
        let mut nodes = Vec::new();
        for (at, embed) in embeds.iter().enumerate() {
            if embeds[..at].iter().any(|other| other.kind == embed.kind && other.name == embed.name) {
                continue;
            }
            let url = format!("{}#{}:{}", self.permalink(), embed.kind.name(), embed.name);
            let asked = &site.content.asked;
            match embed.kind {
                EmbedKind::Assessment => nodes.extend(site.assessment(&embed.name).map(|index| {
                    let assessment = &asked.assessments[index];
                    node!({
                        "@id": url.clone(),
                        "@type": "Quiz",
                        "description": text(&assessment.intro),
                        "inLanguage": code(site, lang),
                        "isAccessibleForFree": Json::Truth(true),
                        "name": text(&assessment.title),
                        "timeRequired": assessment.minutes.map(|minutes| format!("PT{minutes}M")),
                        "url": url,
                    })
                })),
                EmbedKind::Calculator => nodes.extend(site.calculator(&embed.name).map(|index| {
                    let calculator = &asked.calculators[index];
                    node!({
                        "@id": url.clone(),
                        "@type": "WebApplication",
                        "applicationCategory": "BusinessApplication",
                        "browserRequirements": "JavaScript",
                        "description": text(&calculator.intro),
                        "inLanguage": code(site, lang),
                        "isAccessibleForFree": Json::Truth(true),
                        "name": text(&calculator.title),
                        "url": url,
                    })
                })),
                _ => {}
            }
        }
        nodes
    }
}
