"""Which of the known venues a text is of, as sources write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.knowledge.venue_catalogue import known_venue, load_venues

WRITTEN = {
    "ACL": [
        "Proceedings of the 57th Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)",
        "In Proc. of ACL'19",
        "ACL (1)",
        "ACL/IJCNLP (1)",
        "acl-2019-7",
        "Annual Meeting of the Association for Computational Linguistics",
        "Proceedings of the 59th Annual Meeting of the Association for Computational Linguistics and the 11th International "
        "Joint Conference on Natural Language Processing (Volume 1: Long Papers)",
        "ACL 2020, Online, July 5-10, 2020",
    ],
    "NeurIPS": [
        "NeurIPS 2018 12",
        "neurips-2018-12",
        "NIPS",
        "NIPS'17",
        "Advances in Neural Information Processing Systems 32",
        "Adv. Neural Inf. Process. Syst.",
        "Neural Information Processing Systems",
        "33rd Conference on Neural Information Processing Systems (NeurIPS 2019), Vancouver",
        "Thirty-seventh Conference on Neural Information Processing Systems",
        "Thirty-seventh Conference on Neural Information Processing Systems Datasets and Benchmarks Track",
        "NeurIPS.cc/2023/Track/Datasets_and_Benchmarks",
        "Annual Conference on Neural Information Processing Systems 2019, NeurIPS 2019, December 8-14, 2019, Vancouver, BC",
    ],
    "ICLR": [
        "ICLR.cc/2024/Conference",
        "dblp.org/conf/ICLR/2021",
        "ICLR 2023 notable top 5%",
        "The Twelfth International Conference on Learning Representations",
        "8th International Conference on Learning Representations, ICLR 2020, Addis Ababa, Ethiopia, April 26-30, 2020",
    ],
    "EMNLP": [
        "Proceedings of the 2019 Conference on Empirical Methods in Natural Language Processing and the 9th International "
        "Joint Conference on Natural Language Processing (EMNLP-IJCNLP)",
        "EMNLP/IJCNLP (1)",
        "Conference on Empirical Methods in Natural Language Processing",
    ],
    "NAACL": [
        "Proceedings of the 2018 Conference of the North American Chapter of the Association for Computational "
        "Linguistics: Human Language Technologies, Volume 1 (Long Papers)",
        "NAACL-HLT (1)",
        "HLT-NAACL",
    ],
    "EACL": ["EACL 2017", "Conference of the European Chapter of the Association for Computational Linguistics"],
    "COLING": ["Proceedings of COLING 2014, the 25th International Conference on Computational Linguistics: Technical Papers"],
    "CVPR": [
        "2016 IEEE Conference on Computer Vision and Pattern Recognition (CVPR)",
        "Proc. IEEE Conf. Comput. Vis. Pattern Recognit.",
        "thecvf.com/CVPR/2024/Conference",
        "Computer Vision and Pattern Recognition",
        "2022 IEEE/CVF Conference on Computer Vision and Pattern Recognition (CVPR)",
    ],
    "ECCV": ["Computer Vision – ECCV 2020: 16th European Conference, Glasgow, UK", "ECCV (12)"],
    "MICCAI": ["Medical Image Computing and Computer Assisted Intervention – MICCAI 2018"],
    "ICML": ["International Conference on Machine Learning, PMLR 97", "Proc. ICML", "ICML'15", "38th Int. Conf. on Machine Learning"],
    "KDD": [
        "Proceedings of the 25th ACM SIGKDD International Conference on Knowledge Discovery & Data Mining",
        "KDD '19: Proceedings of the 25th ACM SIGKDD International Conference",
        "Knowledge Discovery and Data Mining",
    ],
    "SIGIR": ["SIGIR '20: The 43rd International ACM SIGIR conference on research and development in Information Retrieval"],
    "WSDM": ["Proceedings of the Fourteenth ACM International Conference on Web Search and Data Mining"],
    "WWW": ["The Web Conference", "Proceedings of the ACM Web Conference 2023", "WWW '18"],
    "AAAI": [
        "Proceedings of the AAAI Conference on Artificial Intelligence, 34(05): 1-9",
        "Proceedings of the Thirty-Third AAAI Conference on Artificial Intelligence",
        "AAAI Conference on Artificial Intelligence",
    ],
    "IJCAI": ["Proceedings of the Twenty-Eighth International Joint Conference on Artificial Intelligence", "IJCAI-19"],
    "ICASSP": ["ICASSP 2020 - 2020 IEEE International Conference on Acoustics, Speech and Signal Processing (ICASSP)"],
    "Interspeech": ["INTERSPEECH", "Proc. Interspeech 2021", "Interspeech 2019"],
    "CoRL": ["robot-learning.org/CoRL/2023/Conference", "Conference on Robot Learning"],
    "RSS": ["Robotics: Science and Systems XVI", "Robotics: Science and Systems"],
    "CHI": ["Proceedings of the 2019 CHI Conference on Human Factors in Computing Systems", "CHI 2019"],
    "COLM": ["COLM", "colmweb.org/COLM/2024/Conference", "First Conference on Language Modeling"],
    "OSDI": ["14th USENIX Symposium on Operating Systems Design and Implementation (OSDI 20)"],
    "JMLR": ["J. Mach. Learn. Res.", "Journal of Machine Learning Research 15(1):1929-1958", "JMLR, 21(140):1-67"],
    "TMLR": ["Transactions on Machine Learning Research", "Accepted by TMLR", "Trans. Mach. Learn. Res."],
    "TACL": ["Trans. Assoc. Comput. Linguistics", "Transactions of the Association for Computational Linguistics, 8"],
    "TPAMI": [
        "IEEE Trans. Pattern Anal. Mach. Intell.",
        "IEEE Trans Pattern Anal Mach Intell",
        "PAMI",
        "IEEE transactions on pattern analysis and machine intelligence",
    ],
    "PNAS": ["Proc. Natl. Acad. Sci. U.S.A.", "Proceedings of the National Academy of Sciences"],
    "PVLDB": ["Proc. VLDB Endow."],
    "Nature": ["Nature", "Nature 521"],
    "Machine Learning": ["Machine Learning", "Mach. Learn."],
    "Findings of EMNLP": [
        "Findings of EMNLP 2020",
        "Findings of the Association for Computational Linguistics: EMNLP 2020",
        "EMNLP (Findings)",
        "EMNLP 2020 Findings",
    ],
    "Findings of ACL": ["ACL (Findings)", "Findings of the Association for Computational Linguistics: ACL-IJCNLP 2021"],
    "Findings of NAACL": ["Findings of the ACL: NAACL 2022"],
    "ACL SRW": [
        "ACL SRW",
        "Proceedings of the 58th Annual Meeting of the Association for Computational Linguistics: Student Research Workshop",
    ],
    "CVPR Workshops": [
        "CVPR Workshops",
        "CVPRW",
        "2020 IEEE/CVF Conference on Computer Vision and Pattern Recognition Workshops (CVPRW)",
    ],
    "RepL4NLP": ["Proceedings of the 5th Workshop on Representation Learning for NLP"],
    "BlackboxNLP": ["BlackboxNLP@EMNLP"],
    "IWSLT": ["Proceedings of the 13th International Workshop on Spoken Language Translation"],
    "LNCS": ["Lecture Notes in Computer Science"],
    "arXiv": ["arXiv preprint arXiv:1706.03762", "CoRR abs/1706.03762", "arXiv.org", "dblp.org/journals/CORR/2023", "CoRR"],
    "ACL Rolling Review": ["aclweb.org/ACL/ARR/2023/October"],
}  # fmt: skip

NOT_KNOWN = [
    "NeurIPS 2022 Workshop on Paper Cranes",
    "Workshop on Paper Cranes at ACL 2020",
    "Paper Cranes @ NeurIPS 2023",
    "NeurIPS.cc/2023/Workshop/Cranes",
    "Companion Proceedings of The Web Conference 2018",
    "International Conference on Machine Learning, Optimization, and Data Science",
    "International Conference on Advances in Crane Lore (ACL)",
    "12th International Conference on Paper Cranes (ICPC 2012)",
    "Journal of Paper Cranes",
    "Naturally Folded",
    "Language Models, Information, and Folding",
    "Access",
    "",
    "2019",
]


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in WRITTEN.items() for text in texts])
def test_a_text_is_of_a_known_venue(name: str, text: str) -> None:
    found = known_venue(text)
    assert found is not None and found.name == name


@pytest.mark.parametrize("text", NOT_KNOWN)
def test_a_text_that_names_another_venue_is_of_none(text: str) -> None:
    assert known_venue(text) is None


def test_there_are_many_and_each_is_found_by_every_name() -> None:
    venues = load_venues()
    assert len(venues.venues) > 500 and len(venues.venues) == len({venue.name for venue in venues.venues})
    for venue in venues.venues:
        for name in (venue.name, *venue.aliases):
            assert venues.find(name) is venue, name


def test_what_is_submitted_or_rejected_is_told_from_what_is_published() -> None:
    venues = load_venues()
    assert all(map(venues.is_unpublished, ("Submitted to ICLR 2024", "ICLR.cc/2024/Conference/Rejected_Submission")))
    assert not any(map(venues.is_unpublished, ("ICLR 2024 poster", "Accepted by TMLR", "Nature Reviews Physics")))


@given(
    st.text() | st.lists(st.sampled_from("ACL 2019 ( ) , and the 5th Workshop of - / : . '19 @".split())).map(" ".join)
)
def test_any_text_is_read(text: str) -> None:
    assert known_venue(text) is None or known_venue(text) in load_venues().by_name.values()
