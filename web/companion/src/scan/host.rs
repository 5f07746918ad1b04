//! Which page's address it is, and whether it passes itself off as this one.
//!
//! A false label's cheapest trick is an address that looks like the right one. This page opens no address of a label but its own, so
//! that nothing happens; but the reader, who has other apps that open them, is told.

/// A host with its port, as a browser writes it: in lower case, without the port that its scheme has anyway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host(String);

/// The host in an address, and whether something before an `@` stands where a reader looks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Where it leads
    pub host: Host,
    /// Whether a name that it does not lead to stands before it
    pub has_front: bool,
}

/// How an address passes itself off as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disguise {
    /// A name that this page's differs from by a letter or two
    Near,
    /// This page's name, put into another's
    Inside,
    /// Letters of several scripts
    Mixed,
    /// Letters written as `xn--`, which may show as those of another name
    Encoded,
    /// Another name before an `@`
    Front,
}

impl Host {
    /// This page's, or that of anything else that is a host already, such as `location.host`.
    #[must_use]
    pub fn new(host: &str) -> Self {
        Self(host.to_lowercase())
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without the port.
    fn name(&self) -> &str {
        match self.0.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
            _ => &self.0,
        }
        .trim_end_matches('.')
    }

    /// How it passes itself off as `own`, if it does.
    #[must_use]
    pub fn disguise(&self, own: &Self) -> Option<Disguise> {
        let (name, own) = (self.name(), own.name());
        // One's own name on another port, and names that only the owner of one's own can give.
        if name == own || name.strip_suffix(own).is_some_and(|before| before.ends_with('.')) {
            return None;
        }
        let scripts = name.split('.').any(is_mixed);
        let (plain, own_plain) = (plain(name), plain(own));
        if is_near(&plain, &own_plain) {
            Some(Disguise::Near)
        } else if is_inside(&plain, &own_plain) {
            Some(Disguise::Inside)
        } else if scripts {
            Some(Disguise::Mixed)
        } else {
            name.split('.').any(|label| label.starts_with("xn--")).then_some(Disguise::Encoded)
        }
    }
}

impl Address {
    /// Of a text that begins with `http://` or `https://`, read as browsers read it: a backslash is a slash there, and spaces at its
    /// ends are none.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c <= ' ');
        let (scheme, rest) = text.split_once(':')?;
        let port = match scheme.to_ascii_lowercase().as_str() {
            "http" => ":80",
            "https" => ":443",
            _ => return None,
        };
        let rest = rest.trim_start_matches(['/', '\\']);
        let authority = rest.split(['/', '\\', '?', '#']).next()?;
        let (front, host) = authority.rsplit_once('@').map_or(("", authority), |(front, host)| (front, host));
        let host = host.strip_suffix(port).unwrap_or(host);
        let host = Host::new(host);
        (!host.0.is_empty()).then_some(Self { host, has_front: !front.is_empty() })
    }

    /// How it passes itself off as an address of `own`, if it does.
    #[must_use]
    pub fn disguise(&self, own: &Host) -> Option<Disguise> {
        if self.has_front { Some(Disguise::Front) } else { self.host.disguise(own) }
    }
}

/// Whether this page's name stands in another, with its dots or with hyphens for them.
fn is_inside(name: &str, own: &str) -> bool {
    let hyphened = |text: &str| ["-", &text.replace('.', "-"), "-"].concat();
    own.contains('.') && hyphened(name).contains(&hyphened(own))
}

/// Whether two names are so near that one is taken for the other. Short names are near to everything.
fn is_near(name: &str, own: &str) -> bool {
    let (name, own): (Vec<_>, Vec<_>) = (name.chars().collect(), own.chars().collect());
    let allowed = if own.len() < 6 { 1 } else { 2 };
    distance(&name, &own) <= allowed
}

/// How many letters have to be added, left out, exchanged with their neighbour or replaced to get from one to the other
/// (optimal string alignment).
fn distance(one: &[char], other: &[char]) -> usize {
    // What a host can be; a longer text is none, and near to nothing.
    const LONGEST: usize = 253;
    if one.len().abs_diff(other.len()) > 2 || one.len() > LONGEST {
        return usize::MAX;
    }
    let mut above_that: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (y, a) in one.iter().enumerate() {
        let mut row = vec![y + 1];
        for (x, b) in other.iter().enumerate() {
            let at = |row: &[usize], x: usize| row.get(x).copied().unwrap_or(usize::MAX - 1);
            let mut least = (at(&above, x) + usize::from(a != b)).min(at(&above, x + 1) + 1).min(at(&row, x) + 1);
            let turned = x > 0 && y > 0 && one.get(y - 1) == Some(b) && other.get(x - 1) == Some(a);
            if turned {
                least = least.min(at(&above_that, x - 1) + 1);
            }
            row.push(least);
        }
        above_that = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or(usize::MAX)
}

/// A name with letters replaced by what they are taken for (a small part of Unicode TR 39's table: what is used against Latin names).
fn plain(name: &str) -> String {
    let letter = |letter: char| match letter {
        'а' | 'ạ' | 'á' | 'à' | 'ả' | 'ã' | 'ă' | 'â' | 'ɑ' | 'α' => 'a',
        'в' | 'ь' => 'b',
        'с' | 'ϲ' | 'ç' => 'c',
        'ԁ' | 'đ' => 'd',
        'е' | 'é' | 'è' | 'ẹ' | 'ê' | 'ё' => 'e',
        'ɡ' => 'g',
        'һ' | 'н' => 'h',
        'і' | 'í' | 'ì' | 'ị' | 'ï' | 'ı' | 'ι' | '1' | 'l' | '|' | 'ⅼ' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'п' | 'ո' | 'ñ' | 'η' => 'n',
        'о' | 'ο' | 'ó' | 'ò' | 'ọ' | 'ỏ' | 'õ' | 'ô' | 'ồ' | 'ơ' | 'ö' | 'օ' | '0' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ս' | 'ú' | 'ù' | 'ụ' | 'ư' | 'ü' => 'u',
        'ѵ' | 'ν' => 'v',
        'ԝ' | 'ω' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'ý' | 'γ' => 'y',
        other => other,
    };
    name.chars().map(letter).collect::<String>().replace("rn", "m").replace("vv", "w")
}

/// Whether one label of a name has letters of several of the scripts that have look-alikes of one another.
fn is_mixed(label: &str) -> bool {
    let script = |letter: char| match letter {
        'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Some(0),
        '\u{370}'..='\u{3ff}' => Some(1),
        '\u{400}'..='\u{52f}' => Some(2),
        '\u{530}'..='\u{58f}' => Some(3),
        _ => None,
    };
    let mut scripts = label.chars().filter_map(script);
    scripts.next().is_some_and(|first| scripts.any(|script| script != first))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn disguise(name: &str) -> Option<Disguise> {
        Host::new(name).disguise(&Host::new("nguon.example"))
    }

    #[test]
    fn look_alikes_are_called_out() {
        for (name, how) in [
            ("nguom.example", Disguise::Near),
            ("ngu0n.example", Disguise::Near),
            ("nguno.example", Disguise::Near),
            ("nguon.exampie", Disguise::Near),
            ("nguon.examp1e", Disguise::Near),
            ("nguоn.example", Disguise::Near),
            ("nguồn.example", Disguise::Near),
            ("nguon.example.evil.example", Disguise::Inside),
            ("nguon-example.evil.example", Disguise::Inside),
            ("tem.nguon.example.evil.vn", Disguise::Inside),
            ("tеm.vn", Disguise::Mixed),
            ("xn--ngun-8cd.vn", Disguise::Encoded),
        ] {
            assert_eq!(disguise(name), Some(how), "{name}");
        }
    }

    #[test]
    fn honest_names_are_left_alone() {
        for name in [
            "nguon.example",
            "NGUON.example",
            "nguon.example:8443",
            "nguon.example.",
            "tem.nguon.example",
            "example.com",
            "vải.vn",
            "магазин.рф",
            "shop.vn",
            "127.0.0.1:80",
            "",
        ] {
            assert_eq!(disguise(name), None, "{name}");
        }
    }

    #[test]
    fn an_address_leads_where_a_browser_would_go() {
        for (text, host, has_front) in [
            ("https://Nguon.Example/01/1", "nguon.example", false),
            (" HTTP://nguon.example:80?x", "nguon.example", false),
            ("https://nguon.example:8443/", "nguon.example:8443", false),
            ("https://nguon.example@evil.vn/", "evil.vn", true),
            ("https://evil.vn\\@nguon.example/", "evil.vn", false),
            ("https:\\\\evil.vn", "evil.vn", false),
            ("https:evil.vn#@nguon.example", "evil.vn", false),
        ] {
            assert_eq!(Address::read(text), Some(Address { host: Host::new(host), has_front }), "{text}");
        }
        for none in ["", "https://", "javascript://nguon.example/%0aalert(1)", "nguon.example", "ftp://nguon.example"] {
            assert_eq!(Address::read(none), None, "{none}");
        }
        let front = Address::read("https://nguon.example@evil.vn").unwrap();
        assert_eq!(front.disguise(&Host::new("nguon.example")), Some(Disguise::Front));
    }

    proptest! {
        /// One slip anywhere in the name is seen, whatever it is.
        #[test]
        fn every_single_change_is_near(at in 0_usize..13, letter in "[a-z0-9]", how in 0..3) {
            let own = "nguon.example";
            let mut name = own.to_owned();
            match how {
                0 => { name.remove(at); }
                1 => name.insert_str(at, &letter),
                _ => name.replace_range(at..=at, &letter),
            }
            prop_assume!(plain(&name) != plain(own) || name != own);
            prop_assert!(name == own || Host::new(&name).disguise(&Host::new(own)).is_some(), "{name}");
        }

        #[test]
        fn any_text_is_judged(one in ".*", other in ".{0,40}") {
            let _ = Host::new(&one).disguise(&Host::new(&other));
            let _ = Address::read(&one);
        }

        #[test]
        fn distance_is_symmetric(one in "[a-d]{0,6}", other in "[a-d]{0,6}") {
            let (one, other): (Vec<_>, Vec<_>) = (one.chars().collect(), other.chars().collect());
            prop_assert_eq!(distance(&one, &other), distance(&other, &one));
            prop_assert_eq!(distance(&one, &other) == 0, one == other);
        }
    }
}
