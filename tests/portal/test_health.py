"""The answer to whoever asks whether the process is alive."""


def test_it_answers_without_database_session_or_cookie(client):
    # No database mark: a query would fail the test.
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.content == b"ok"
    assert response["Content-Type"] == "text/plain"
    assert response.cookies == {}
