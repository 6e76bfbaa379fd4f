//! What a page is made to believe about its surroundings: screen, network, settings of the reader.
//!
//! The browser holds these for each tab, so they are kept here and set again whenever the tab changes.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// The size of the page's part of the window, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Screen {
    /// 1280×900, with a mouse.
    #[default]
    Desktop,
    /// 390×844, with a finger.
    Phone,
    /// Any other, with a mouse.
    Size(u32, u32),
}

impl Screen {
    /// Its width and height.
    pub(super) fn size(self) -> (u32, u32) {
        match self {
            Self::Desktop => (1280, 900),
            Self::Phone => (390, 844),
            Self::Size(width, height) => (width, height),
        }
    }
}

/// Whether pages can reach servers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Network {
    /// They can.
    #[default]
    Online,
    /// They can't, and `navigator.onLine` says so. Service workers are not included: the protocol sees them as pages of their own.
    Offline,
}

/// Whether pages may run scripts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Scripts {
    /// They may.
    #[default]
    On,
    /// They may not, from the next page on. Tests still can.
    Off,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Conditions {
    pub(super) screen: Screen,
    pub(super) network: Network,
    pub(super) scripts: Scripts,
    pub(super) media: BTreeMap<String, String>,
}

impl Conditions {
    /// The commands of the DevTools protocol that set them.
    pub(super) fn commands(&self) -> Vec<(&'static str, Value)> {
        let (width, height) = self.screen.size();
        let is_phone = self.screen == Screen::Phone;
        let is_offline = self.network == Network::Offline;
        let feature = |(name, value): (&String, &String)| json!({"name": name, "value": value});
        let features: Vec<Value> = self.media.iter().map(feature).collect();
        vec![
            // Without it, only `navigator.onLine` changes.
            ("Network.enable", json!({})),
            (
                "Emulation.setDeviceMetricsOverride",
                json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_phone}),
            ),
            ("Emulation.setTouchEmulationEnabled", json!({"enabled": is_phone})),
            ("Emulation.setEmulatedMedia", json!({"features": features})),
            ("Emulation.setScriptExecutionDisabled", json!({"value": self.scripts == Scripts::Off})),
            (
                "Network.emulateNetworkConditions",
                json!({"offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}),
            ),
        ]
    }
}
