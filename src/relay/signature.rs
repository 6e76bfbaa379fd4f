//! Signatures by which a webhook knows that a lead comes from the relay, and is whole: those of Standard Webhooks
//! (<https://www.standardwebhooks.com>), which services and libraries check.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::encode::bytes;

/// The headers of a signed request: the event's id, the time in seconds since 1970, and a signature with each secret.
pub(super) fn headers(id: &str, seconds: i64, body: &str, secrets: &[String]) -> Vec<(&'static str, String)> {
    if secrets.is_empty() {
        return Vec::new();
    }
    let signed = secrets.iter().filter_map(|secret| {
        let mut mac = Hmac::<Sha256>::new_from_slice(&key(secret)).ok()?;
        mac.update(format!("{id}.{seconds}.{body}").as_bytes());
        Some(format!("v1,{}", bytes::base64(&mac.finalize().into_bytes())))
    });
    vec![
        ("webhook-id", id.to_string()),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", signed.collect::<Vec<_>>().join(" ")),
    ]
}

/// The bytes of a secret: `whsec_` and base64, as the standard has it, or any other text as it is.
fn key(secret: &str) -> Vec<u8> {
    let bytes = secret.strip_prefix("whsec_").and_then(bytes::of_base64);
    bytes.unwrap_or_else(|| secret.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the standard's own test (`libraries/javascript`, "sign function works").
    #[test]
    fn it_is_the_signature_of_the_standard() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_string();
        let made = headers(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            "{\"test\": 2432232314}",
            std::slice::from_ref(&secret),
        );
        assert_eq!(made[2].1, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let both = headers("a", 1, "b", &[secret, "other".into()]);
        assert_eq!(both[2].1.split(' ').count(), 2);
        assert!(headers("a", 1, "b", &[]).is_empty());
    }
}
