CREATE TABLE documents_series (
    series VARCHAR(20) NOT NULL,
    fiscal_year INTEGER NOT NULL,
    last_number INTEGER NOT NULL,
    PRIMARY KEY (series, fiscal_year)
);

CREATE TABLE documents_issued (
    number VARCHAR(40) NOT NULL PRIMARY KEY,
    code CHAR(20) NOT NULL UNIQUE,
    title VARCHAR(300) NOT NULL,
    about VARCHAR(200) NOT NULL,
    issuer VARCHAR(40) NOT NULL,
    issued_ms BIGINT NOT NULL,
    retention VARCHAR(20) NOT NULL,
    -- Days since 1970; the largest number for those that are kept for ever.
    until_day BIGINT NOT NULL,
    -- Why it was taken back; empty while it holds.
    revoked VARCHAR(500) NOT NULL,
    sha256 CHAR(64) NOT NULL,
    pdf ${bytes} NOT NULL
);

CREATE INDEX documents_issued_about ON documents_issued (about);
CREATE INDEX documents_issued_issuer ON documents_issued (issuer, issued_ms);
CREATE INDEX documents_issued_until ON documents_issued (until_day);
