//! The command `nguon`.

fn main() -> std::process::ExitCode {
    nguon_cli::run(std::env::args_os())
}
