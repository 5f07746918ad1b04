//! What servers say in JSON (RFC 8259). Whatever is in it was never promised, so it is only looked at: a reader for all answers,
//! a tenth of a general one's download. Numbers with a fraction or below 0 are none that anything here asks for.

/// As deep as anything is read; no answer is deeper than a few.
const DEEPEST: u8 = 32;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// Nothing, a number that nobody asks for, or a truth value's neighbour: what has no other meaning here
    Null,
    /// A truth value
    Bool(bool),
    /// A whole number
    Number(u64),
    /// Text
    Text(String),
    /// Values in order
    List(Vec<Json>),
    /// Values by name
    Object(Vec<(String, Json)>),
}

/// Reads a text; `None` if it is no JSON.
#[must_use]
pub fn read(text: &[u8]) -> Option<Json> {
    let mut reader = Reader { text: std::str::from_utf8(text).ok()?.as_bytes(), at: 0 };
    let value = reader.value(DEEPEST)?;
    reader.space();
    (reader.at == reader.text.len()).then_some(value)
}

impl Json {
    /// The value under a name.
    #[must_use]
    #[inline(never)]
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(all) => all.iter().find(|(known, _)| known == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The value at a place of a list.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<&Self> {
        self.as_array()?.get(place)
    }

    /// A whole number.
    #[must_use]
    pub const fn as_u64(&self) -> Option<u64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    /// Text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// A truth value.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(is) = self { Some(*is) } else { None }
    }

    /// Values in order.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Self]> {
        if let Self::List(all) = self { Some(all) } else { None }
    }

    /// Whether it has values by name.
    #[must_use]
    pub const fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }
}

struct Reader<'a> {
    /// UTF-8
    text: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// The next letter that is no space.
    #[inline(never)]
    fn next(&mut self) -> Option<u8> {
        self.space();
        let next = self.peek()?;
        self.at += 1;
        Some(next)
    }

    fn word(&mut self, rest: &str, value: Json) -> Option<Json> {
        let found = self.text.get(self.at..)?.starts_with(rest.as_bytes());
        self.at += rest.len();
        found.then_some(value)
    }

    fn value(&mut self, deep: u8) -> Option<Json> {
        let deep = deep.checked_sub(1)?;
        match self.next()? {
            b'n' => self.word("ull", Json::Null),
            b't' => self.word("rue", Json::Bool(true)),
            b'f' => self.word("alse", Json::Bool(false)),
            b'"' => self.string().map(Json::Text),
            b'[' => self.list(deep),
            b'{' => self.object(deep),
            b'-' | b'0'..=b'9' => self.number(),
            _ => None,
        }
    }

    fn list(&mut self, deep: u8) -> Option<Json> {
        let mut all = Vec::new();
        self.space();
        if self.peek()? == b']' {
            self.at += 1;
            return Some(Json::List(all));
        }
        loop {
            all.push(self.value(deep)?);
            match self.next()? {
                b',' => {}
                b']' => return Some(Json::List(all)),
                _ => return None,
            }
        }
    }

    fn object(&mut self, deep: u8) -> Option<Json> {
        let mut all = Vec::new();
        self.space();
        if self.peek()? == b'}' {
            self.at += 1;
            return Some(Json::Object(all));
        }
        loop {
            if self.next()? != b'"' {
                return None;
            }
            let name = self.string()?;
            if self.next()? != b':' {
                return None;
            }
            all.push((name, self.value(deep)?));
            match self.next()? {
                b',' => {}
                b'}' => return Some(Json::Object(all)),
                _ => return None,
            }
        }
    }

    fn number(&mut self) -> Option<Json> {
        self.at -= 1;
        let from = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')) {
            self.at += 1;
        }
        let digits = std::str::from_utf8(self.text.get(from..self.at)?).ok()?;
        Some(digits.parse().map_or(Json::Null, Json::Number))
    }

    fn string(&mut self) -> Option<String> {
        let mut out = Vec::new();
        loop {
            let letter = self.peek()?;
            self.at += 1;
            match letter {
                b'"' => return String::from_utf8(out).ok(),
                b'\\' => {
                    let letter = self.escaped()?;
                    out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
                }
                0..0x20 => return None,
                _ => out.push(letter),
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += 1;
        Some(match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let high = self.hex()?;
                if !(0xd800..0xdc00).contains(&high) {
                    return char::from_u32(high);
                }
                if self.text.get(self.at..self.at + 2)? != b"\\u" {
                    return None;
                }
                self.at += 2;
                let low = self.hex()?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                char::from_u32(0x10000 + ((high - 0xd800) << 10) + low)?
            }
            _ => return None,
        })
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        digits.iter().try_fold(0, |number, digit| Some(number << 4 | char::from(*digit).to_digit(16)?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    fn of(value: &Value) -> Json {
        match value {
            Value::Null => Json::Null,
            Value::Bool(is) => Json::Bool(*is),
            Value::Number(number) => number.as_u64().map_or(Json::Null, Json::Number),
            Value::String(text) => Json::Text(text.clone()),
            Value::Array(all) => Json::List(all.iter().map(of).collect()),
            Value::Object(all) => Json::Object(all.iter().map(|(name, value)| (name.clone(), of(value))).collect()),
        }
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".{0,12}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(".{0,6}", inner, 0..6)
                    .prop_map(|all| Value::Object(all.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn it_reads_what_a_general_reader_reads(value in any_value()) {
            prop_assert_eq!(read(value.to_string().as_bytes()), Some(of(&value)));
            prop_assert_eq!(read(serde_json::to_string_pretty(&value).unwrap().as_bytes()), Some(of(&value)));
        }

        #[test]
        fn nothing_that_comes_stops_it(bytes in prop::collection::vec(any::<u8>(), 0..60), text in "[\\[\\]{},:\"\\\\u0-9a-f dtrue]{0,40}") {
            let _ = read(&bytes);
            let (ours, theirs) = (read(text.as_bytes()), serde_json::from_str::<Value>(&text).ok());
            if let Some(theirs) = theirs {
                // Of a name that comes twice the other one counts: no server of ours says one twice.
                prop_assert!(ours.is_some() || text.contains("\\u"), "{theirs}");
            }
        }
    }

    #[test]
    fn what_is_cut_or_too_deep_is_none() {
        for text in ["", "{", "[1,", "\"a", "{\"a\":1} x", "tru", "\"\\ud800\"", "\"\\u12\"", "[1 2]", "{1:2}"] {
            assert_eq!(read(text.as_bytes()), None, "{text}");
        }
        assert_eq!(read("[".repeat(1_000).as_bytes()), None);
        assert_eq!(read(r#""\u1ea3\ud83c\udf4a""#.as_bytes()), Some(Json::Text("ả🍊".into())));
    }
}
