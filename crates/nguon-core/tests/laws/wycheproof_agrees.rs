//! Project Wycheproof's Ed25519 vectors through the one function that decides whether a signature holds.

use nguon_core::ids::{PublicKeyBytes, SignatureBytes};
use nguon_core::key::PublicKey;
use wycheproof::TestResult;
use wycheproof::eddsa::{TestName, TestSet};

/// Without exception: every vector that Wycheproof calls valid holds, every invalid one does not, and none is merely
/// "acceptable". Signatures of another length than 64 bytes are no [`SignatureBytes`]; that is their refusal.
#[test]
fn on_every_vector() {
    let set = TestSet::load(TestName::Ed25519).unwrap();
    let mut counts = [0_usize; 3];
    for group in &set.test_groups {
        let key = PublicKeyBytes::try_from(&group.key.pk[..]).unwrap();
        let key = PublicKey::from_bytes(&key).expect("every key of the set may be enrolled");
        for test in &group.tests {
            let signature = SignatureBytes::try_from(&test.sig[..]);
            let holds = signature.is_ok_and(|signature| key.verifies(&test.msg, &signature));
            match test.result {
                TestResult::Valid => counts[0] += 1,
                TestResult::Invalid => counts[1] += 1,
                TestResult::Acceptable => counts[2] += 1,
            }
            assert_eq!(holds, test.result == TestResult::Valid, "vector {}: {}", test.tc_id, test.comment);
        }
    }
    assert_eq!(set.number_of_tests, counts.iter().sum::<usize>());
    assert!(counts[0] > 80 && counts[1] > 50, "{counts:?}");
    assert_eq!(counts[2], 0);
}
