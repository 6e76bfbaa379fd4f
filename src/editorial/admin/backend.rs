//! Where the page reads and writes: the backend of Sveltia CMS, and what the page may reach because of it.

use serde_json::{Map, Value as Json, json};

use crate::config::{CodeHost, EditorConfig, Review};

/// What is written to, and how colleagues sign in.
pub(super) fn backend(editor: &EditorConfig) -> Map<String, Json> {
    let mut backend = Map::new();
    let mut put = |key: &str, value: Json| backend.insert(key.to_string(), value);
    put("name", json!(editor.host.name()));
    put("repo", json!(editor.repository));
    if let Some(branch) = &editor.branch {
        put("branch", json!(branch));
    }
    if let Some(server) = &editor.server {
        put("api_root", json!(api(editor.host, Some(server))));
        if editor.host == CodeHost::Github {
            put("graphql_api_root", json!(format!("{server}/api/graphql")));
        } else {
            put("base_url", json!(server));
        }
    }
    match &editor.sign_in {
        Some(sign_in) => {
            if let Some(url) = &sign_in.url {
                put("base_url", json!(url));
            }
            if let Some(id) = &sign_in.app_id {
                put("app_id", json!(id));
                if editor.host == CodeHost::Gitlab {
                    put("auth_type", json!("pkce"));
                }
            }
        }
        // Without an application of one's own, signing in would go by a service of another company.
        None => {
            put("auth_methods", json!(["token"]));
        }
    }
    backend
}

/// The mode in which changes wait for somebody.
pub(super) fn publish_mode(editor: &EditorConfig) -> &'static str {
    match (editor.review, editor.host) {
        (Review::Requests, CodeHost::Github | CodeHost::Gitlab) => "editorial_workflow",
        _ => "simple",
    }
}

/// Where a host answers programs.
fn api(host: CodeHost, server: Option<&str>) -> String {
    match (host, server) {
        (CodeHost::Github, None) => "https://api.github.com".into(),
        (CodeHost::Github, Some(server)) => format!("{server}/api/v3"),
        (CodeHost::Gitlab, server) => format!("{}/api/v4", server.unwrap_or(host.server())),
        (CodeHost::Gitea, server) => format!("{}/api/v1", server.unwrap_or(host.server())),
    }
}

/// The origin of an address.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + 3);
    url[host..].find('/').map_or(url, |end| &url[..host + end])
}

/// The policy of the page alone. Sveltia sets styles from its script, and shows pictures that it has in memory; it reaches the
/// site and the code host, and nothing else.
pub(super) fn policy(editor: &EditorConfig) -> String {
    let api = api(editor.host, editor.server.as_deref());
    let mut reached = vec![origin(&api)];
    let pictures = match (editor.host, &editor.server) {
        (CodeHost::Github, None) => "https://avatars.githubusercontent.com",
        _ => origin(&api),
    };
    let signing_in = editor.sign_in.as_ref().and_then(|sign_in| sign_in.url.as_deref()).map(origin);
    reached.extend(signing_in.filter(|url| *url != origin(&api)));
    format!(
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data: {pictures}; media-src 'self' blob:; \
         font-src 'self'; frame-src 'self' blob:; worker-src 'self' blob:; manifest-src 'self' blob:; \
         connect-src 'self' blob: data: {}; form-action 'self'; base-uri 'none'; object-src 'none'",
        reached.join(" ")
    )
}
