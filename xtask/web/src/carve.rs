//! Carves a part out of a program: functions that a page does not need at once go into a second wasm file, which works in the
//! memory of the first and with its table of functions, and which a page fetches behind the first or when it is asked for it.
//!
//! A part has doors: functions that the rest of the program calls once the part is here, and not before. What goes is all that
//! is needed behind the doors only ([`needs`]), so that nothing else can come to what is not there. A call from one file
//! into the other goes through the table: the first file leaves the places of what was carved out empty, and the second fills
//! them when it is instantiated. A program that goes through a door too soon stops at once with a trap.
//!
//! The second file's imports are those of the first that it uses, and `whole`: what the first exports for it.

mod needs;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, ensure};
use walrus::ir::{
    Call, CallIndirect, Const, Instr, InstrSeq, Value, Visitor, VisitorMut, dfs_in_order, dfs_pre_order_mut,
};
use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, FunctionId, FunctionKind, GlobalKind, Module, ModuleConfig, TableId,
};

/// What the part calls the program that it was carved out of.
const WHOLE: &str = "whole";

/// A program in two files.
pub struct Carved {
    /// The file that comes first.
    pub first: Vec<u8>,
    /// The part that was carved out of it.
    pub part: Vec<u8>,
}

/// What is to be carved out of a linked program, which the linker wrote with what refers to what: names of functions.
pub struct Moved {
    names: BTreeSet<String>,
    doors: Vec<String>,
}

impl Moved {
    /// All that is needed behind these doors only.
    ///
    /// # Errors
    /// A door that is no function, and a file that does not say what refers to what.
    pub fn behind(doors: &[String], linked: &[u8]) -> Result<Self> {
        Ok(Self { names: needs::only_for(doors, linked)?, doors: doors.to_vec() })
    }
}

/// Carves it out of the file that wasm-bindgen made, with names, of the linked one.
///
/// # Errors
/// A file that is not one of wasm-bindgen's, and a way to the part past its doors.
pub fn carve(wasm: &[u8], moved: &Moved) -> Result<Carved> {
    let mut config = ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    // Twice the same: functions have the same numbers in both.
    let (mut first, mut part) = (config.parse(wasm)?, config.parse(wasm)?);
    let plan = Plan::of(&first, moved)?;
    for module in [&mut first, &mut part] {
        // The linker's notes, which are of no more use.
        let notes: Vec<_> = module.customs.iter().map(|(id, _)| id).collect();
        for note in notes {
            module.customs.delete(note);
        }
    }
    plan.leave(&mut first)?;
    plan.take(&mut part)?;
    Ok(Carved { first: first.emit_wasm(), part: part.emit_wasm() })
}

/// Which functions go, and where in the table each stands that is called from the other file.
struct Plan {
    table: usize,
    moved: BTreeSet<usize>,
    slots: BTreeMap<u32, usize>,
    slot_of: BTreeMap<usize, u32>,
    size: u64,
}

impl Plan {
    fn of(module: &Module, wanted: &Moved) -> Result<Self> {
        let table = module.tables.main_function_table()?.context("a program without a table of functions")?;
        let mut slots = slots(module, table)?;
        let calls: BTreeMap<usize, Vec<usize>> =
            module.funcs.iter_local().map(|(id, function)| (id.index(), called(function))).collect();
        let names: BTreeMap<usize, &str> = module
            .funcs
            .iter()
            .filter_map(|function| Some((function.id().index(), function.name.as_deref()?)))
            .collect();
        let moved: BTreeSet<usize> = calls
            .keys()
            .copied()
            .filter(|function| names.get(function).is_some_and(|name| wanted.names.contains(*name)))
            .collect();
        ensure!(!moved.is_empty(), "nothing is behind {:?}", wanted.doors);
        for (caller, callees) in calls.iter().filter(|(caller, _)| !moved.contains(caller)) {
            for callee in callees.iter().filter(|callee| moved.contains(callee)) {
                let [caller, callee] =
                    [caller, callee].map(|function| needs::plain(names.get(function).unwrap_or(&"")));
                ensure!(wanted.doors.contains(&callee), "{caller} goes to {callee}, which is no door of the part");
            }
        }

        let mut slot_of: BTreeMap<usize, u32> = slots.iter().map(|(slot, function)| (*function, *slot)).collect();
        let mut size = module.tables.get(table).initial;
        for (caller, callees) in &calls {
            for callee in callees {
                // What the browser brings both files ask for by its name.
                let across = calls.contains_key(callee) && moved.contains(caller) != moved.contains(callee);
                if across && !slot_of.contains_key(callee) {
                    let slot = u32::try_from(size)?;
                    slot_of.insert(*callee, slot);
                    slots.insert(slot, *callee);
                    size += 1;
                }
            }
        }
        Ok(Self { table: table.index(), moved, slots, slot_of, size })
    }

    /// Leaves in the module what stays.
    fn leave(&self, module: &mut Module) -> Result<()> {
        self.rewrite(module, |function| !self.moved.contains(&function))?;
        for id in ids(module).into_iter().filter(|id| self.moved.contains(&id.index())) {
            module.funcs.delete(id);
        }
        // The part finds there what it works with.
        let tables: Vec<_> = module.tables.iter().map(|table| table.id()).collect();
        for table in tables {
            module.exports.add(&format!("table{}", table.index()), table);
        }
        let memories: Vec<_> = module.memories.iter().map(|memory| memory.id()).collect();
        for memory in memories {
            module.exports.add(&format!("memory{}", memory.index()), memory);
        }
        let globals: Vec<_> = module.globals.iter().map(|global| global.id()).collect();
        for global in globals {
            module.exports.add(&format!("global{}", global.index()), global);
        }
        Ok(())
    }

    /// Leaves in the module what goes, with what it needs of the first file for imports.
    fn take(&self, module: &mut Module) -> Result<()> {
        ensure!(
            module.data.iter().all(|data| matches!(data.kind, DataKind::Active { .. })),
            "data that the program copies itself: see carve.rs"
        );
        self.rewrite(module, |function| self.moved.contains(&function))?;
        module.start = None;
        let exports: Vec<_> = module.exports.iter().map(|export| export.id()).collect();
        for export in exports {
            module.exports.delete(export);
        }
        let data: Vec<_> = module.data.iter().map(|data| data.id()).collect();
        for data in data {
            module.data.delete(data);
        }
        for id in ids(module).into_iter().filter(|id| !self.moved.contains(&id.index())) {
            module.funcs.delete(id);
        }
        let tables: Vec<_> = module.tables.iter().map(|table| table.id()).collect();
        for table in tables {
            let import = module.imports.add(WHOLE, &format!("table{}", table.index()), table);
            module.tables.get_mut(table).import = Some(import);
        }
        let memories: Vec<_> = module.memories.iter().map(|memory| memory.id()).collect();
        for memory in memories {
            let import = module.imports.add(WHOLE, &format!("memory{}", memory.index()), memory);
            let memory = module.memories.get_mut(memory);
            memory.import = Some(import);
            memory.data_segments.clear();
        }
        let globals: Vec<_> = module.globals.iter().map(|global| global.id()).collect();
        for global in globals {
            let import = module.imports.add(WHOLE, &format!("global{}", global.index()), global);
            module.globals.get_mut(global).kind = GlobalKind::Import(import);
        }
        walrus::passes::gc::run(module);
        Ok(())
    }

    /// The table's places for the functions of one file (what the browser brings is not moved: it stays with the first), and calls of the other's functions through them.
    fn rewrite(&self, module: &mut Module, here: impl Fn(usize) -> bool) -> Result<()> {
        let ids: BTreeMap<usize, FunctionId> = ids(module).into_iter().map(|id| (id.index(), id)).collect();
        let table = module.tables.iter().find(|table| table.id().index() == self.table).context("no table")?.id();
        let crossing: BTreeMap<FunctionId, (u32, walrus::TypeId)> = self
            .slot_of
            .iter()
            .filter(|(function, _)| !here(**function))
            .filter_map(|(function, slot)| {
                let id = *ids.get(function)?;
                Some((id, (*slot, module.funcs.get(id).ty())))
            })
            .collect();
        for (function, id) in ids.iter().filter(|(function, _)| here(**function)) {
            let FunctionKind::Local(local) = &mut module.funcs.get_mut(*id).kind else { continue };
            let mut through = Through { table, crossing: &crossing };
            let entry = local.entry_block();
            dfs_pre_order_mut(&mut through, local, entry);
            let foreign = called(local).into_iter().find(|callee| ids.contains_key(callee) && !here(*callee));
            ensure!(foreign.is_none(), "function {function} takes {foreign:?} of the other file: see carve.rs");
        }
        let old: Vec<_> = module.elements.iter().map(|element| element.id()).collect();
        for element in old {
            if let ElementKind::Active { table: of, .. } = module.elements.get(element).kind
                && of == table
            {
                module.elements.delete(element);
                module.tables.get_mut(table).elem_segments.remove(&element);
            }
        }
        let mut runs: Vec<(u32, Vec<usize>)> = Vec::new();
        for (&slot, &function) in self.slots.iter().filter(|(_, function)| here(**function)) {
            match runs.last_mut() {
                Some((start, run)) if usize::try_from(slot - *start)? == run.len() => run.push(function),
                _ => runs.push((slot, vec![function])),
            }
        }
        let all: BTreeMap<usize, FunctionId> =
            module.funcs.iter().map(|function| (function.id().index(), function.id())).collect();
        for (start, run) in runs {
            let functions = run.iter().filter_map(|function| all.get(function).copied()).collect();
            let offset = ConstExpr::Value(Value::I32(i32::try_from(start)?));
            let element =
                module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(functions));
            module.tables.get_mut(table).elem_segments.insert(element);
        }
        let table = module.tables.get_mut(table);
        table.initial = self.size;
        table.maximum = table.maximum.map(|most| most.max(self.size));
        Ok(())
    }
}

/// The module's own functions.
fn ids(module: &Module) -> Vec<FunctionId> {
    module.funcs.iter_local().map(|(id, _)| id).collect()
}

/// What stands in the table, by its place.
fn slots(module: &Module, table: TableId) -> Result<BTreeMap<u32, usize>> {
    let mut slots = BTreeMap::new();
    for element in module.elements.iter() {
        let ElementKind::Active { table: of, offset } = &element.kind else { continue };
        if *of != table {
            continue;
        }
        let (ConstExpr::Value(Value::I32(offset)), ElementItems::Functions(functions)) = (offset, &element.items)
        else {
            anyhow::bail!("functions whose place in the table is no number: see carve.rs");
        };
        for (slot, function) in (u32::try_from(*offset)?..).zip(functions) {
            slots.insert(slot, function.index());
        }
    }
    Ok(slots)
}

/// The functions that one calls, or takes the address of.
fn called(function: &walrus::LocalFunction) -> Vec<usize> {
    struct Calls(Vec<usize>);
    impl Visitor<'_> for Calls {
        fn visit_function_id(&mut self, function: &FunctionId) {
            self.0.push(function.index());
        }
    }
    let mut calls = Calls(Vec::new());
    dfs_in_order(&mut calls, function, function.entry_block());
    calls.0
}

/// Calls through the table what is in the other file.
struct Through<'a> {
    table: TableId,
    crossing: &'a BTreeMap<FunctionId, (u32, walrus::TypeId)>,
}

impl VisitorMut for Through<'_> {
    fn start_instr_seq_mut(&mut self, sequence: &mut InstrSeq) {
        let crosses = |instruction: &Instr| match instruction {
            Instr::Call(Call { func }) => self.crossing.get(func).copied(),
            _ => None,
        };
        if !sequence.instrs.iter().any(|(instruction, _)| crosses(instruction).is_some()) {
            return;
        }
        let instructions = std::mem::take(&mut sequence.instrs);
        for (instruction, place) in instructions {
            if let Some((slot, ty)) = crosses(&instruction) {
                let slot = Value::I32(i32::try_from(slot).unwrap_or(i32::MAX));
                sequence.instrs.push((Const { value: slot }.into(), place));
                sequence.instrs.push((CallIndirect { ty, table: self.table }.into(), place));
            } else {
                sequence.instrs.push((instruction, place));
            }
        }
    }
}

#[cfg(test)]
mod tests;
