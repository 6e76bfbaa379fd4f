//! Talks at a place and a time, and what a page invites to: `Event`, as search engines show it (<https://schema.org/Event>).

use std::borrow::Cow;

use super::{Json, Subjected, code, person, publisher};
use crate::content::front_matter::{Talk, TalkEvent};

impl<'a> Subjected<'a> {
    /// Where a person speaks from today on. What is over is no longer an event.
    pub(super) fn events(&self) -> Vec<Json<'a>> {
        let today = self.site.content.today;
        let person = self.page.meta().person();
        let talks = person.into_iter().flat_map(|person| &person.speaker.talks);
        let events = talks.flat_map(|talk| talk.events.iter().map(move |event| (talk, event)));
        events.filter(|(_, event)| event.date >= today).map(|(talk, event)| self.event(talk, event)).collect()
    }

    fn event(&self, talk: &'a Talk, event: &'a TalkEvent) -> Json<'a> {
        let url = event.url.as_deref().map_or_else(|| self.permalink(), Into::into);
        let place = (!event.is_online()).then_some(event.place.as_str());
        let (mode, location) = location(place, url.clone().into());
        node!({
            "@type": "Event",
            "description": talk.text.as_ref(),
            "eventAttendanceMode": mode,
            "location": location,
            "name": format!("{}: {}", event.name, talk.title),
            "performer": Json::Node(person(self.site, self.page)),
            "startDate": event.date.to_string(),
            "url": url,
        })
    }

    /// What the page invites to, while it is still to come.
    pub(super) fn invitation(&self) -> Option<Json<'a>> {
        let (site, page) = (self.site, self.page);
        let event = page.meta().event().filter(|event| !event.is_over(site.content.today))?;
        let permalink = self.permalink();
        let (mode, location) = location(event.place.as_deref(), permalink.clone().into());
        let speakers = event.speakers.iter().filter_map(|speaker| {
            let speaker = site.find_any(&format!("people/{}", speaker.value), page.lang())?;
            Some(Json::Node(person(site, site.page(speaker))))
        });
        let time = |time: &jiff::Zoned| time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
        Some(node!({
            "@id": format!("{permalink}#event"),
            "@type": "Event",
            "description": self.description(),
            "endDate": time(&event.end),
            "eventAttendanceMode": mode,
            "eventStatus": "https://schema.org/EventScheduled",
            "image": self.picture(),
            "inLanguage": code(site, page.lang()),
            "location": location,
            "name": page.title(),
            "organizer": publisher(site, page.lang()),
            "performer": speakers.collect::<Json<'_>>(),
            "startDate": time(&event.start),
            "url": permalink,
        }))
    }
}

/// Where an event is: how people take part, and the place, of an event online the page at `url`.
fn location<'a>(place: Option<&'a str>, url: Cow<'a, str>) -> (&'static str, Json<'a>) {
    match place {
        None => {
            ("https://schema.org/OnlineEventAttendanceMode", node!({"@type": "VirtualLocation", "url": url}))
        }
        Some(place) => (
            "https://schema.org/OfflineEventAttendanceMode",
            node!({"@type": "Place", "address": place, "name": place}),
        ),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::{Shown, Subject, graph};
    use crate::testing;

    #[test]
    fn what_is_to_come_is_an_event_and_what_is_over_is_none() {
        let anna = "---\ntitle: Anna Berg\ntalks:\n\
            \x20 - title: Let <them> ring\n    text: For teams.\n    events:\n\
            \x20     - {name: Sales Day, date: 2999-02-11, place: Oslo, url: 'https://day.example/'}\n\
            \x20     - {name: Web Day, date: 2999-03-01, place: Online}\n\
            \x20     - {name: Old Day, date: 2001-02-11, place: Oslo}\n---\nWrites.\n";
        let project = testing::project(str::to_string).with("content/people/anna.md", anna);
        let site = testing::linked(&project, "public").site;
        let page = site.find("people/anna", crate::config::LangId::new(0)).unwrap();
        let json = graph(&site, Subject::Page(page), &[], &Shown::default());
        let graph: Value = serde_json::from_str(&json).unwrap();
        let nodes = graph["@graph"].as_array().unwrap();
        let events: Vec<&Value> = nodes.iter().filter(|node| node["@type"] == "Event").collect();
        assert_eq!(events.len(), 2);
        assert_eq!(events[0]["name"], "Sales Day: Let <them> ring");
        assert_eq!(
            (&events[0]["startDate"], &events[0]["location"]["name"]),
            (&"2999-02-11".into(), &"Oslo".into())
        );
        assert_eq!(events[0]["url"], "https://day.example/");
        assert_eq!(events[0]["performer"]["@id"], "https://example.org/people/anna/#person");
        assert_eq!(events[1]["location"]["@type"], "VirtualLocation");
        assert_eq!(events[1]["location"]["url"], "https://example.org/people/anna/");
        assert!(!json.contains("Old Day"));
    }
}
