//! How anybody checks this file.

use sha2::{Digest as _, Sha256};

use super::Maker;
use crate::attached::{MEDIA_TYPE, NAME};
use crate::paper::{Block, Said};

impl Maker<'_, '_> {
    pub(super) fn check(&mut self, bundle: &[u8]) {
        self.heading("Cách tự kiểm tra tệp này", "How to check this file yourself");
        self.push(Block::paragraph(Said::new(
            "Trong tệp PDF này có gói hồ sơ đã ký. Các trang giấy chỉ là bản trình bày: bản in hoặc tệp đã bị sửa không có giá trị nếu gói bên trong không đạt.",
            "The lot's signed records are inside this PDF. Its pages only show them: a print, or a file that was altered, is worth nothing unless the records inside hold.",
        )));
        self.push(Block::paragraph(Said::new(
            "1. Cài công cụ nguon (mã nguồn mở) và lấy danh sách cơ quan tin cậy từ một nguồn độc lập với người gửi tệp này.",
            "1. Install the nguon tool (open source), and get the list of trusted authorities from a source other than who sent this file.",
        )));
        self.push(Block::paragraph(Said::new(
            "2. Chạy: nguon verify dossier.pdf. Công cụ đọc gói bên trong, kiểm tra lại mọi chữ ký và số cân, không cần mạng.",
            "2. Run: nguon verify dossier.pdf. It reads the records inside and checks every signature and sum again, offline.",
        )));
        self.push(Block::paragraph(Said::new(
            "3. Để biết tình trạng mới nhất, ví dụ có lệnh thu hồi sau ngày ghi trên trang đầu: quét mã QR, hoặc thêm --online.",
            "3. For the present state, such as a recall after the date on the first page: scan the QR code, or add --online.",
        )));
        let hash: String = Sha256::digest(bundle).iter().map(|byte| format!("{byte:02x}")).collect();
        self.push(Block::pairs([
            (Said::new("Tên gói trong tệp", "Name of the attachment"), Said::same(NAME)),
            (Said::new("Kiểu", "Media type"), Said::same(MEDIA_TYPE)),
            (Said::new("Độ dài (byte)", "Length (bytes)"), Said::whole(bundle.len() as u64)),
            (Said::new("SHA-256", "SHA-256"), Said::same(hash)),
        ]));
    }
}
