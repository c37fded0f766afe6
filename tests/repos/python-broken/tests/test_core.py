from broken import run


def test_run():
    assert run() == 1
