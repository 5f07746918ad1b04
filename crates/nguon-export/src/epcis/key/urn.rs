//! EPC URNs (EPC Tag Data Standard 2.0 §6.3) as Digital Link URIs.

use super::CANONICAL;

/// The Digital Link URI of an EPC URN, class URN or pattern URN; `None` if it does not follow its scheme.
pub(super) fn canonical(uri: &str) -> Option<String> {
    let mut parts = uri.strip_prefix("urn:epc:")?.splitn(3, ':');
    let (kind, scheme, body) = (parts.next()?, parts.next()?, parts.next()?);
    let (company, rest) = body.split_once('.')?;
    if !(6..=12).contains(&company.len()) || !digits(company) {
        return None;
    }
    let path = match (kind, scheme) {
        ("id", "sgtin") => with_serial("/01/", &gtin(company, rest)?, "/21/"),
        ("class", "lgtin") => with_serial("/01/", &gtin(company, rest)?, "/10/"),
        ("id", "upui") => with_serial("/01/", &gtin(company, rest)?, "/235/"),
        ("idpat", "sgtin" | "upui") => pattern("/01/", &gtin(company, rest)?),
        ("id", "itip") => pieces(&gtin(company, rest)?, false),
        ("idpat", "itip") => pieces(&gtin(company, rest)?, true),
        ("id", "sscc") => {
            let (first, serial) = rest.split_at_checked(1)?;
            whole("/00/", &[first, company, serial], 17)
        }
        ("id", "gsrn") => whole("/8018/", &[company, rest], 17),
        ("id", "gsrnp") => whole("/8017/", &[company, rest], 17),
        ("id", "gsin") => whole("/402/", &[company, rest], 16),
        ("id", "pgln") => whole("/417/", &[company, rest], 12),
        ("id", "sgln") => {
            let (reference, extension) = rest.split_once('.')?;
            let place = whole("/414/", &[company, reference], 12)?;
            if extension == "0" { Some(place) } else { Some([&place, "/254/", &serial(extension, 20)?].concat()) }
        }
        ("id", "grai") => joined("/8003/0", company, rest, 16),
        ("id", "gdti") => joined("/253/", company, rest, 17),
        ("id", "sgcn") => joined("/255/", company, rest, 12).filter(|path| digits(&path[5..])),
        ("idpat", "grai") => whole("/8003/0", &[company, rest.strip_suffix(".*")?], 12),
        ("idpat", "gdti") => whole("/253/", &[company, rest.strip_suffix(".*")?], 12),
        ("idpat", "sgcn") => whole("/255/", &[company, rest.strip_suffix(".*")?], 12),
        ("id", "giai") => Some(["/8004/", company, &serial(rest, 30 - company.len())?].concat()),
        ("id", "ginc") => Some(["/401/", company, &serial(rest, 30 - company.len())?].concat()),
        ("id", "cpi") => {
            let (part, number) = rest.rsplit_once('.')?;
            let number = Some(number).filter(|number| digits(number) && number.len() <= 12)?;
            Some(["/8010/", company, &serial(part, 30 - company.len())?, "/8011/", number].concat())
        }
        ("idpat", "cpi") => Some(["/8010/", company, &serial(rest.strip_suffix(".*")?, 30 - company.len())?].concat()),
        _ => None,
    }?;
    Some([CANONICAL, &path].concat())
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A key of so many digits, and its check digit.
fn whole(ai: &str, parts: &[&str], length: usize) -> Option<String> {
    let key = parts.concat();
    // Every reference may be empty but where the company prefix leaves it digits.
    let sound = key.len() == length && digits(&key);
    let check = nguon_gs1::check_digit(&key).ok().filter(|_| sound)?;
    Some(format!("{ai}{key}{check}"))
}

/// A GTIN of 14 digits, and what follows the item reference.
fn gtin<'a>(company: &str, rest: &'a str) -> Option<(String, &'a str)> {
    let (item, rest) = rest.split_once('.')?;
    let (indicator, reference) = item.split_at_checked(1)?;
    Some((whole("", &[indicator, company, reference], 13)?, rest))
}

fn with_serial(ai: &str, (gtin, rest): &(String, &str), qualifier: &str) -> Option<String> {
    let most = if qualifier == "/235/" { 28 } else { 20 };
    Some([ai, gtin, qualifier, &serial(rest, most)?].concat())
}

fn pattern(ai: &str, (gtin, rest): &(String, &str)) -> Option<String> {
    (*rest == "*").then(|| [ai, gtin].concat())
}

/// A piece of a trade item: its number among how many, and its serial.
fn pieces((gtin, rest): &(String, &str), pattern: bool) -> Option<String> {
    let mut parts = rest.splitn(3, '.');
    let (piece, total, last) = (parts.next()?, parts.next()?, parts.next()?);
    if [piece, total].iter().any(|part| part.len() != 2 || !digits(part)) {
        return None;
    }
    match pattern {
        true => (last == "*").then(|| ["/8006/", gtin, piece, total].concat()),
        false => Some(["/8006/", gtin, piece, total, "/21/", &serial(last, 20)?].concat()),
    }
}

/// A key of 12 digits and its check digit, with a serial right behind it.
fn joined(ai: &str, company: &str, rest: &str, most: usize) -> Option<String> {
    let (reference, last) = rest.split_once('.')?;
    Some([whole(ai, &[company, reference], 12)?, serial(last, most)?].concat())
}

/// A serial as a URN spells it, with what a path must not hold escaped too.
fn serial(text: &str, most: usize) -> Option<String> {
    let (mut out, mut characters, mut rest) = (String::with_capacity(text.len()), 0, text.bytes());
    while let Some(byte) = rest.next() {
        characters += 1;
        match byte {
            b'%' => {
                let pair = [rest.next()?, rest.next()?];
                if !pair.iter().all(u8::is_ascii_hexdigit) {
                    return None;
                }
                out.push('%');
                out.extend(pair.map(char::from));
            }
            b'!' | b'(' | b')' | b'*' | b'+' | b',' | b':' => out.push_str(&format!("%{byte:02X}")),
            b'\'' | b'-' | b'.' | b';' | b'=' | b'_' => out.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => return None,
        }
    }
    (1..=most).contains(&characters).then_some(out)
}
