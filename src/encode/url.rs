//! URLs: from names and paths in the content to what stands in an `href`.

/// Follows `target` from inside the folder `from`: `a/b` and `../c` give `a/c`. `None` where it leads out of the root.
#[must_use]
pub fn follow(from: &str, target: &str) -> Option<String> {
    let mut path = String::with_capacity(from.len() + target.len() + 1);
    let push = |path: &mut String, part: &str| {
        if !path.is_empty() {
            path.push('/');
        }
        path.push_str(part);
    };
    from.split('/').filter(|part| !part.is_empty()).for_each(|part| push(&mut path, part));
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." if path.is_empty() => return None,
            ".." => path.truncate(path.rfind('/').unwrap_or(0)),
            _ => push(&mut path, part),
        }
    }
    Some(path)
}

/// The scheme of an absolute URL (RFC 3986, 3.1), such as `https` or `mailto`.
#[must_use]
pub fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let mut bytes = scheme.bytes();
    let first = bytes.next()?;
    let is_scheme = first.is_ascii_alphabetic()
        && scheme.len() > 1
        && bytes.all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    is_scheme.then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn following() {
        assert_eq!(follow("content/a", "../b/c.md").as_deref(), Some("content/b/c.md"));
        assert_eq!(follow("a", "./x").as_deref(), Some("a/x"));
        assert_eq!(follow("a", "../../x"), None);
    }

    #[test]
    fn schemes() {
        assert_eq!(scheme("https://x"), Some("https"));
        assert_eq!(scheme("mailto:a@b"), Some("mailto"));
        assert_eq!(scheme("a/b:c"), None);
        assert_eq!(scheme("C:x"), None);
    }
}
