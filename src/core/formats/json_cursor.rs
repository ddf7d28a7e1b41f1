//! Steps through objects and lists around the values that are read, with the parser's own error messages.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserializer,
    de::{DeserializeSeed, IgnoredAny, Visitor},
};

use super::json_stream::{Fault, JsonStream};

impl JsonStream<'_> {
    /// Enters an object and calls `take` at the value of that name; skips the other entries.
    ///
    /// # Errors
    /// The value is not an object, or `take` fails.
    pub fn object(&mut self, name: &str, mut take: impl FnMut(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        self.open(b'{', &format!("an object with {name:?}"))?;
        let (mut is_first, mut found) = (true, false);
        while self.goes_on(b'}', is_first)? {
            is_first = false;
            match self.peek()? {
                Some(b'"') => {}
                Some(_) => return Err(self.wrong("key must be a string")),
                None => return Err(self.wrong("EOF while parsing a value")),
            }
            let is_it = self.value(PhantomData::<String>)? == name;
            match self.peek()? {
                Some(b':') => self.skip(1),
                Some(_) => return Err(self.wrong("expected `:`")),
                None => return Err(self.wrong("EOF while parsing an object")),
            }
            if is_it {
                take(self)?
            } else {
                self.value(PhantomData::<IgnoredAny>).map(drop)?
            }
            found |= is_it;
        }
        if found { Ok(()) } else { Err(self.wrong(format_args!("missing field `{name}`"))) }
    }

    /// Enters a list and calls `take` at each item.
    ///
    /// # Errors
    /// The value is not a list, or `take` fails.
    pub fn list(&mut self, what: &str, mut take: impl FnMut(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        self.open(b'[', what)?;
        let mut is_first = true;
        while self.goes_on(b']', is_first)? {
            is_first = false;
            take(self)?;
        }
        Ok(())
    }

    /// Requires that only white space follows.
    ///
    /// # Errors
    /// Something else follows, or the source fails.
    pub fn end(&mut self) -> Result<(), Fault> {
        if self.peek()?.is_none() { Ok(()) } else { Err(self.wrong("trailing characters")) }
    }

    fn open(&mut self, with: u8, wanted: &str) -> Result<(), Fault> {
        if self.peek()? != Some(with) {
            return self.value(Other(wanted));
        }
        self.skip(1);
        Ok(())
    }

    /// Whether another item follows before the end.
    fn goes_on(&mut self, end: u8, is_first: bool) -> Result<bool, Fault> {
        let (what, sign) = if end == b'}' { ("an object", '}') } else { ("a list", ']') };
        match self.peek()? {
            Some(byte) if byte == end => {
                self.skip(1);
                Ok(false)
            }
            Some(_) if is_first => Ok(true),
            Some(b',') => {
                self.skip(1);
                if self.peek()? == Some(end) { Err(self.wrong("trailing comma")) } else { Ok(true) }
            }
            Some(_) => Err(self.wrong(format_args!("expected `,` or `{sign}`"))),
            None => Err(self.wrong(format_args!("EOF while parsing {what}"))),
        }
    }
}

/// A value of another type than expected, for the parser's error message.
#[derive(Clone, Copy)]
struct Other<'a>(&'a str);

impl<'de> DeserializeSeed<'de> for Other<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl Visitor<'_> for Other<'_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.0)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
mod tests {
    use super::*;

    /// The items of the list under `a`.
    fn read(text: &str) -> Result<Vec<u8>, Fault> {
        let (mut items, mut json) = (Vec::new(), JsonStream::new(text.as_bytes()));
        json.object("a", |json| json.list("a list", |json| json.value(PhantomData).map(|item| items.push(item))))?;
        json.end()?;
        Ok(items)
    }

    #[test]
    fn what_stands_beside_it_is_skipped() {
        assert_eq!(read(r#" { "b" : [{}, "]"], "\u0061" : [ 1,2 , 3 ] , "c":null } "#).unwrap(), [1, 2, 3]);
        assert!(read(r#"{"a":[]}"#).unwrap().is_empty());
        assert_eq!(read(r#"{"a":[1],"a":[2]}"#).unwrap(), [1, 2]);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let wrong = [
            ("", 1, "EOF while parsing a value"),
            ("\n[]", 2, "invalid type: sequence, expected an object with \"a\""),
            ("{\n}", 2, "missing field `a`"),
            ("{\"a\":\n7}", 2, "invalid type: integer `7`, expected a list"),
            ("{\n7}", 2, "key must be a string"),
            ("{\"b\":1,\n", 2, "EOF while parsing a value"),
            ("{\"b\"\n7}", 2, "expected `:`"),
            ("{\"b\"\n", 2, "EOF while parsing an object"),
            ("{\"b\":\n[1,}]}", 2, "expected value"),
            ("{\"b\":1,\n}", 2, "trailing comma"),
            ("{\"b\":1\n\"a\"}", 2, "expected `,` or `}`"),
            ("{\"a\":[1\n", 2, "EOF while parsing a list"),
            ("{\"a\":[1,\n", 2, "EOF while parsing a value"),
            ("{\"a\":[1,\n300]}", 2, "invalid value: integer `300`, expected u8"),
            ("{\"a\":[1]\n", 2, "EOF while parsing an object"),
            ("{\"a\":[]}\n]", 2, "trailing characters"),
        ];
        for (text, line, what) in wrong {
            let fault = read(text).unwrap_err();
            assert_eq!(fault.line, line, "{text:?}: {}", fault.error);
            assert!(fault.error.to_string().starts_with(what), "{text:?}: {}", fault.error);
        }
    }
}
