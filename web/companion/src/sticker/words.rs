//! What is said of a label, in each language.

use nguon_verify_app::lang::Lang;

/// The words of one language.
#[derive(Debug)]
pub struct Words {
    /// Heading
    pub title: &'static str,
    /// While it is being asked
    pub asking: &'static str,
    /// It is one of those issued
    pub issued: &'static str,
    /// It is none of them
    pub never_issued: &'static str,
    /// It is none of those shown, which may not be all
    pub not_among: &'static str,
    /// The lot commits to no serials
    pub no_labels: &'static str,
    /// The server has not got the list
    pub no_list: &'static str,
    /// The proof is about newer labels
    pub other_labels: &'static str,
    /// The proof is none
    pub broken: &'static str,
    /// Nothing came
    pub not_reachable: &'static str,
    /// What to do with a label that was never issued
    pub never_advice: &'static str,
    /// The first scan
    pub first_scan: &'static str,
    /// So many scans since the first
    pub scans: &'static str,
    /// Beside the first scan
    pub first_advice: &'static str,
    /// Beside a usual number
    pub usual_advice: &'static str,
    /// Beside many
    pub many_advice: &'static str,
    /// Whose word that is
    pub counts_note: &'static str,
}

impl Words {
    /// In this language.
    #[must_use]
    pub const fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Vi => &VI,
            Lang::En => &EN,
            Lang::Zh => &ZH,
            Lang::Ja => &JA,
            Lang::Ko => &KO,
        }
    }
}

const VI: Words = Words {
    title: "Tem trên hộp này",
    asking: "Đang kiểm tra số tem {serial}…",
    issued: "Số tem {serial} nằm trong danh sách tem mà chủ lô đã phát hành. Tem sao chép cũng mang cùng số này.",
    never_issued: "Số tem {serial} chưa từng được phát hành cho lô này. Chưa nên tin hộp này.",
    not_among: "Số tem {serial} không có trong phần hồ sơ được trình bày. Vì chưa chứng minh được hồ sơ đầy đủ, chưa thể kết luận.",
    no_labels: "Lô này không công bố danh sách số tem, nên chưa thể kiểm tra số tem {serial}.",
    no_list: "Chủ lô chưa gửi danh sách số tem lên máy chủ, nên chưa thể kiểm tra số tem {serial}.",
    other_labels: "Danh sách tem trên máy chủ mới hơn hồ sơ đang xem. Hãy tải lại trang để kiểm tra số tem {serial}.",
    broken: "Máy chủ trả lời không đúng cách về số tem {serial}, nên chưa thể kết luận. Hãy tải lại sau.",
    not_reachable: "Chưa kiểm tra được số tem {serial}: không kết nối được. Hãy thử lại khi có mạng.",
    never_advice: "Đừng bóc hay ăn; giữ lại tem, chụp ảnh hộp và báo nơi bán.",
    first_scan: "Theo máy chủ, đây là lần quét đầu tiên của tem này.",
    scans: "Theo máy chủ, tem này được quét lần đầu ngày {first}, đến nay {n} lượt.",
    first_advice: "Nếu tem đã bị bóc hoặc rách khi bạn nhận hộp, hãy hỏi nơi bán.",
    usual_advice: "Số lượt này thường gặp: mỗi hộp qua tay vài người. Nếu chỉ mình bạn mở hộp, hãy hỏi nơi bán.",
    many_advice: "Nhiều hơn thường lệ: tem có thể đã bị sao chép. Hãy so nơi bán với hành trình bên dưới và hỏi nơi bán.",
    counts_note: "Số lượt quét do máy chủ đếm theo ngày, không kèm thông tin về người quét, và không thuộc phần được chứng minh.",
};

const EN: Words = Words {
    title: "The label on this box",
    asking: "Checking serial number {serial}…",
    issued: "Serial number {serial} is one of the labels that the lot's owner issued. A copied label carries the same number.",
    never_issued: "Serial number {serial} was never issued for this lot. Do not trust this box yet.",
    not_among: "Serial number {serial} is not in the history shown. That history is not proven to be complete, so nothing follows from it.",
    no_labels: "This lot publishes no serial numbers, so {serial} cannot be checked.",
    no_list: "The owner has not given the server the list of serial numbers, so {serial} cannot be checked.",
    other_labels: "The server's list of labels is newer than the records shown. Reload the page to check {serial}.",
    broken: "The server's answer about {serial} is not a proof, so nothing follows from it. Reload later.",
    not_reachable: "Serial number {serial} could not be checked: no connection. Try again when online.",
    never_advice: "Do not open or eat it; keep the label, take a picture of the box and tell the seller.",
    first_scan: "According to the server this is the first scan of this label.",
    scans: "According to the server this label was first scanned on {first}, {n} times since.",
    first_advice: "If the label was peeled off or torn when you got the box, ask the seller.",
    usual_advice: "That is usual: a box passes through several hands. If only you have opened it, ask the seller.",
    many_advice: "More than usual: the label may have been copied. Compare the place of sale with the journey below and ask the seller.",
    counts_note: "Scans are counted by the server per day, without anything about who scanned, and are not part of what is proven.",
};

const ZH: Words = Words {
    title: "这个盒子上的标签",
    asking: "正在核对标签序列号 {serial}……",
    issued: "序列号 {serial} 在该批次货主发放的标签之中。复制的标签也会带有同样的号码。",
    never_issued: "序列号 {serial} 从未为该批次发放。请暂勿相信此盒。",
    not_among: "序列号 {serial} 不在所示记录之中。由于尚未证明记录完整，不能据此下结论。",
    no_labels: "该批次没有公布标签序列号，无法核对 {serial}。",
    no_list: "货主尚未向服务器提供序列号清单，无法核对 {serial}。",
    other_labels: "服务器上的标签清单比所示记录更新。请重新加载页面以核对 {serial}。",
    broken: "服务器关于 {serial} 的答复不构成证明，不能据此下结论。请稍后重新加载。",
    not_reachable: "未能核对序列号 {serial}：无法连接。请联网后重试。",
    never_advice: "请勿拆开或食用；保留标签，给盒子拍照并告知卖家。",
    first_scan: "据服务器记录，这是该标签第一次被扫描。",
    scans: "据服务器记录，该标签于{first}首次被扫描，至今共 {n} 次。",
    first_advice: "如果收到时标签已被揭开或撕破，请询问卖家。",
    usual_advice: "这个次数属正常：一个盒子会经过几个人的手。如果只有您打开过它，请询问卖家。",
    many_advice: "次数多于通常：标签可能被复制。请将购买地点与下方流程对照，并询问卖家。",
    counts_note: "扫描次数由服务器按天计数，不含扫描者的任何信息，不属于已证明的内容。",
};

const JA: Words = Words {
    title: "この箱のラベル",
    asking: "シリアル番号 {serial} を確認しています…",
    issued: "シリアル番号 {serial} は、ロットの所有者が発行したラベルに含まれています。複製されたラベルも同じ番号になります。",
    never_issued: "シリアル番号 {serial} は、このロットでは発行されていません。この箱はまだ信用しないでください。",
    not_among: "シリアル番号 {serial} は表示中の記録にありません。記録が完全であることは証明されていないため、結論は出せません。",
    no_labels: "このロットはシリアル番号を公開していないため、{serial} は確認できません。",
    no_list: "所有者がシリアル番号の一覧をサーバーに渡していないため、{serial} は確認できません。",
    other_labels: "サーバーのラベル一覧は表示中の記録より新しいものです。ページを再読み込みして {serial} を確認してください。",
    broken: "{serial} についてのサーバーの応答は証明になっていないため、結論は出せません。後で再読み込みしてください。",
    not_reachable: "シリアル番号 {serial} を確認できませんでした。接続できません。オンラインになってからやり直してください。",
    never_advice: "開封したり食べたりせず、ラベルを保管し、箱の写真を撮って販売者に知らせてください。",
    first_scan: "サーバーによると、このラベルの読み取りは今回が初めてです。",
    scans: "サーバーによると、このラベルは{first}に初めて読み取られ、これまでに{n}回読み取られています。",
    first_advice: "受け取ったときにラベルがはがされたり破れたりしていた場合は、販売者に尋ねてください。",
    usual_advice: "通常の回数です。箱は何人かの手を経ます。開けたのが自分だけなら、販売者に尋ねてください。",
    many_advice: "通常より多い回数です。ラベルが複製された可能性があります。購入場所を下の経路と比べ、販売者に尋ねてください。",
    counts_note: "読み取り回数はサーバーが日ごとに数えたもので、読み取った人の情報は含まず、証明された内容には含まれません。",
};

const KO: Words = Words {
    title: "이 상자의 라벨",
    asking: "일련번호 {serial} 확인 중…",
    issued: "일련번호 {serial}은(는) 로트 소유자가 발행한 라벨에 포함되어 있습니다. 복제된 라벨도 같은 번호를 가집니다.",
    never_issued: "일련번호 {serial}은(는) 이 로트에 발행된 적이 없습니다. 이 상자를 아직 믿지 마십시오.",
    not_among: "일련번호 {serial}은(는) 표시된 기록에 없습니다. 기록이 완전하다는 것이 증명되지 않았으므로 결론을 내릴 수 없습니다.",
    no_labels: "이 로트는 일련번호를 공개하지 않아 {serial}을(를) 확인할 수 없습니다.",
    no_list: "소유자가 일련번호 목록을 서버에 제출하지 않아 {serial}을(를) 확인할 수 없습니다.",
    other_labels: "서버의 라벨 목록이 표시된 기록보다 최신입니다. 페이지를 새로 고쳐 {serial}을(를) 확인하십시오.",
    broken: "{serial}에 대한 서버의 응답은 증명이 아니므로 결론을 내릴 수 없습니다. 나중에 새로 고치십시오.",
    not_reachable: "일련번호 {serial}을(를) 확인하지 못했습니다. 연결할 수 없습니다. 온라인일 때 다시 시도하십시오.",
    never_advice: "열거나 드시지 말고, 라벨을 보관하고 상자 사진을 찍어 판매자에게 알리십시오.",
    first_scan: "서버에 따르면 이 라벨은 이번이 첫 스캔입니다.",
    scans: "서버에 따르면 이 라벨은 {first}에 처음 스캔되었고 지금까지 {n}회 스캔되었습니다.",
    first_advice: "상자를 받았을 때 라벨이 떼어졌거나 찢어져 있었다면 판매자에게 문의하십시오.",
    usual_advice: "보통의 횟수입니다. 상자는 여러 사람의 손을 거칩니다. 본인만 열었다면 판매자에게 문의하십시오.",
    many_advice: "보통보다 많습니다. 라벨이 복제되었을 수 있습니다. 구입한 곳을 아래 경로와 비교하고 판매자에게 문의하십시오.",
    counts_note: "스캔 횟수는 서버가 날짜별로 센 것으로, 스캔한 사람의 정보는 포함하지 않으며 증명된 내용이 아닙니다.",
};
