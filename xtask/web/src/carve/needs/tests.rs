use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, DataSymbolDefinition, Encode as _, ExportKind, ExportSection,
    Function, FunctionSection, Instruction, LinkingSection, MemorySection, MemoryType, NameMap, NameSection,
    SymbolTable, TypeSection,
};

use super::*;

const NAMES: [&str; 6] = ["main", "door", "behind", "shared", "method", "other_method"];

/// `main` calls `door` and `shared` and has the address of the first datum, which names `method`; `door` calls `behind` and
/// `shared` and has the address of the second, which names `other_method`.
fn linked() -> Vec<u8> {
    let mut module = wasm_encoder::Module::new();
    let mut types = TypeSection::new();
    types.ty().function([], []);
    let mut functions = FunctionSection::new();
    NAMES.iter().for_each(|_| {
        functions.function(0);
    });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None });
    let mut exports = ExportSection::new();
    exports.export("main", ExportKind::Func, 0);
    let mut code = CodeSection::new();
    // Relocated numbers are written in five bytes; the body's own place is what counts here.
    let calls: [&[u32]; 6] = [&[1, 3], &[2, 3], &[], &[], &[], &[]];
    let mut relocations: Vec<(u8, u32, u32)> = Vec::new();
    let mut at = 1;
    for (function, callees) in calls.iter().enumerate() {
        let mut body = Function::new([]);
        callees.iter().for_each(|callee| {
            body.instruction(&Instruction::Call(*callee));
        });
        if function < 2 {
            body.instruction(&Instruction::I32Const(i32::try_from(function).unwrap() * 4));
            body.instruction(&Instruction::Drop);
        }
        body.instruction(&Instruction::End);
        // Its length, its number of locals, then two bytes an instruction.
        let inside = at + 2;
        for (call, callee) in (0..).zip(*callees) {
            relocations.push((0, inside + call * 2 + 1, *callee));
        }
        if function < 2 {
            relocations.push((
                4,
                inside + u32::try_from(callees.len()).unwrap() * 2 + 1,
                6 + u32::try_from(function).unwrap(),
            ));
        }
        at += 1 + u32::try_from(body.byte_len()).unwrap();
        code.function(&body);
    }
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(0), [4, 0, 0, 0, 5, 0, 0, 0]);
    let mut symbols = SymbolTable::new();
    for (function, name) in (0..).zip(NAMES) {
        symbols.function(0, function, Some(name));
    }
    for (name, offset) in [("first", 0), ("second", 4)] {
        symbols.data(0, name, Some(DataSymbolDefinition { index: 0, offset, size: 4 }));
    }
    let mut linking = LinkingSection::new();
    linking.symbol_table(&symbols);
    let mut names = NameMap::new();
    for (function, name) in (0..).zip(NAMES) {
        names.append(function, name);
    }
    let mut naming = NameSection::new();
    naming.functions(&names);
    // Sections: types, functions, memories, exports, code (4), data (5).
    let reloc = |section: u32, entries: &[(u8, u32, u32)]| {
        let mut bytes = Vec::new();
        section.encode(&mut bytes);
        u32::try_from(entries.len()).unwrap().encode(&mut bytes);
        for (kind, offset, symbol) in entries {
            bytes.push(*kind);
            offset.encode(&mut bytes);
            symbol.encode(&mut bytes);
            if *kind == 4 {
                bytes.push(0);
            }
        }
        bytes
    };
    // Number of segments, flags, the offset's three bytes, the length: then the data.
    let in_data = [(2, 6, 4), (2, 10, 5)];
    module.section(&types).section(&functions).section(&memories).section(&exports).section(&code).section(&data);
    module.section(&linking);
    module.section(&CustomSection { name: "reloc.CODE".into(), data: reloc(4, &relocations).into() });
    module.section(&CustomSection { name: "reloc.DATA".into(), data: reloc(5, &in_data).into() });
    module.section(&naming);
    module.finish()
}

#[test]
fn behind_a_door_is_what_nothing_else_needs_methods_in_tables_too() {
    let names = only_for(&["door".to_owned()], &linked()).unwrap();
    assert_eq!(names.iter().map(String::as_str).collect::<Vec<_>>(), ["behind", "door", "other_method"]);
}

#[test]
fn a_door_that_is_none_is_told_by_its_name() {
    let error = only_for(&["gate".to_owned()], &linked()).unwrap_err();
    assert!(error.to_string().contains("gate"), "{error}");
}

#[test]
fn without_the_linkers_notes_nothing_is_carved() {
    let plain = wat::parse_str("(module (func $door))").unwrap();
    let error = only_for(&["door".to_owned()], &plain).unwrap_err();
    assert!(error.to_string().contains("--emit-relocs"), "{error}");
    assert!(only_for(&["door".to_owned()], b"\0asm").is_err());
}
