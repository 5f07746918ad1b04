//! What of a linked program is needed without its part, by what the linker says (`--emit-relocs`; WebAssembly's tool
//! conventions, "Linking"): every place in a function or a datum that refers to another function or datum. Without that a
//! function that is called through a table of a trait's methods could not be told from a number.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context as _, Result, ensure};
use wasmparser::{DataKind, KnownCustom, Linking, Parser, Payload, RelocationType, SymbolInfo};

/// Whatever lies in no datum known by name.
const NAMELESS: Node = Node::Datum(u32::MAX);

/// A function, by its number, or a datum, by its symbol's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Function(u32),
    Datum(u32),
}

/// What the linker says.
#[derive(Default)]
struct Linked<'a> {
    names: BTreeMap<u32, &'a str>,
    imported: u32,
    bodies: Vec<Range<usize>>,
    segments: Vec<Range<usize>>,
    code: usize,
    data: usize,
    symbols: Vec<SymbolInfo<'a>>,
    in_code: Vec<(RelocationType, usize, u32)>,
    in_data: Vec<(RelocationType, usize, u32)>,
    roots: BTreeSet<Node>,
}

/// The names of the functions that nothing needs but those called `entries` and what only they need.
///
/// # Errors
/// A file that the linker did not write with what refers to what, and an entry that is not there.
pub fn only_for(entries: &[String], wasm: &[u8]) -> Result<BTreeSet<String>> {
    let linked = Linked::read(wasm)?;
    let mut doors = BTreeSet::new();
    for entry in entries {
        let mut called = linked.names.iter().filter(|(_, name)| plain(name) == *entry);
        let door = called.next().with_context(|| format!("no function is called {entry}: has it #[inline(never)]?"))?;
        ensure!(called.next().is_none(), "several functions are called {entry}");
        doors.insert(Node::Function(*door.0));
    }
    let refers = linked.graph()?;
    let mut needed = BTreeSet::new();
    let mut open: Vec<Node> = linked.roots.iter().copied().chain([NAMELESS]).collect();
    while let Some(node) = open.pop() {
        if !doors.contains(&node) && needed.insert(node) {
            open.extend(refers.get(&node).into_iter().flatten());
        }
    }
    let own = linked.imported..linked.imported + u32::try_from(linked.bodies.len())?;
    let mut names = BTreeSet::new();
    // Of two functions of one name it is not known which is which later.
    let mut kept: BTreeSet<&str> = BTreeSet::new();
    for function in own {
        let Some(name) = linked.names.get(&function) else { continue };
        if needed.contains(&Node::Function(function)) || names.contains(*name) {
            kept.insert(name);
        } else {
            names.insert((*name).to_owned());
        }
    }
    names.retain(|name| !kept.contains(name.as_str()));
    Ok(names)
}

/// A function's name as its source has it, without the hashes of crates.
pub fn plain(name: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(name))
}

impl<'a> Linked<'a> {
    fn read(wasm: &'a [u8]) -> Result<Self> {
        let mut linked = Self::default();
        let mut sections = BTreeMap::new();
        let mut relocations = Vec::new();
        let mut section = 0_u32;
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            if let Some((id, _)) = payload.as_section() {
                sections.insert(section, id);
                section += 1;
            }
            linked.take(payload, &mut relocations)?;
        }
        ensure!(!linked.symbols.is_empty(), "the linker did not say what refers to what: -Clink-arg=--emit-relocs");
        for (section, kind, offset, symbol) in relocations {
            match sections.get(&section) {
                Some(10) => linked.in_code.push((kind, linked.code + offset, symbol)),
                Some(11) => linked.in_data.push((kind, linked.data + offset, symbol)),
                _ => {}
            }
        }
        Ok(linked)
    }

    fn take(&mut self, payload: Payload<'a>, relocations: &mut Vec<(u32, RelocationType, usize, u32)>) -> Result<()> {
        match payload {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    self.imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::StartSection { func, .. } => {
                self.roots.insert(Node::Function(func));
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    if export.kind == wasmparser::ExternalKind::Func {
                        self.roots.insert(Node::Function(export.index));
                    }
                }
            }
            Payload::CodeSectionStart { range, .. } => self.code = range.start,
            Payload::CodeSectionEntry(body) => self.bodies.push(body.range()),
            Payload::DataSection(data) => {
                self.data = data.range().start;
                for segment in data {
                    let segment = segment?;
                    ensure!(matches!(segment.kind, DataKind::Active { .. }), "data that the program copies itself");
                    self.segments.push(segment.range.end - segment.data.len()..segment.range.end);
                }
            }
            Payload::CustomSection(custom) => match custom.as_known() {
                KnownCustom::Linking(linking) => {
                    for part in linking.subsections() {
                        if let Linking::SymbolTable(symbols) = part? {
                            self.symbols = symbols.into_iter().collect::<Result<_, _>>()?;
                        }
                    }
                }
                KnownCustom::Reloc(reader) => {
                    for entry in reader.entries() {
                        let entry = entry?;
                        let at = usize::try_from(entry.offset)?;
                        relocations.push((reader.section_index(), entry.ty, at, entry.index));
                    }
                }
                KnownCustom::Name(names) => {
                    for part in names {
                        if let wasmparser::Name::Function(functions) = part? {
                            for naming in functions {
                                let naming = naming?;
                                self.names.insert(naming.index, naming.name);
                            }
                        }
                    }
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    /// What refers to what.
    fn graph(&self) -> Result<BTreeMap<Node, BTreeSet<Node>>> {
        let mut refers: BTreeMap<Node, BTreeSet<Node>> = BTreeMap::new();
        for &(kind, at, symbol) in &self.in_code {
            let Some(to) = self.node(kind, symbol)? else { continue };
            let body = self.bodies.partition_point(|body| body.end <= at);
            ensure!(self.bodies.get(body).is_some_and(|range| range.contains(&at)), "a reference outside the code");
            refers.entry(Node::Function(self.imported + u32::try_from(body)?)).or_default().insert(to);
        }
        let places = self.places()?;
        for &(kind, at, symbol) in &self.in_data {
            let Some(to) = self.node(kind, symbol)? else { continue };
            let mut owned = false;
            for (_, datum) in places.iter().filter(|(range, _)| range.contains(&at)) {
                owned = true;
                refers.entry(Node::Datum(*datum)).or_default().insert(to);
            }
            if !owned {
                // In no datum that is known by name: whoever it belongs to, it is needed.
                refers.entry(NAMELESS).or_default().insert(to);
            }
        }
        Ok(refers)
    }

    /// Where in the file each datum lies.
    fn places(&self) -> Result<Vec<(Range<usize>, u32)>> {
        let mut places = Vec::new();
        for (number, symbol) in self.symbols.iter().enumerate() {
            let SymbolInfo::Data { symbol: Some(place), .. } = symbol else { continue };
            let segment = self.segments.get(usize::try_from(place.index)?).context("a datum in no segment")?;
            let start = segment.start + usize::try_from(place.offset)?;
            places.push((start..start + usize::try_from(place.size)?, u32::try_from(number)?));
        }
        Ok(places)
    }

    /// What a reference refers to, if a function or a datum.
    fn node(&self, kind: RelocationType, symbol: u32) -> Result<Option<Node>> {
        if kind == RelocationType::TypeIndexLeb {
            return Ok(None);
        }
        Ok(match self.symbols.get(usize::try_from(symbol)?).context("a reference to no symbol")? {
            SymbolInfo::Func { index, .. } => Some(Node::Function(*index)),
            SymbolInfo::Data { .. } => Some(Node::Datum(symbol)),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests;
