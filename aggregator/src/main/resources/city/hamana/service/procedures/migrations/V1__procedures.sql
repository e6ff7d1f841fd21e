-- A form that is not sent yet. It is its writer's alone.
CREATE TABLE procedures_draft (
    -- Drawn by lot.
    id VARCHAR(24) NOT NULL PRIMARY KEY,
    procedure_code VARCHAR(40) NOT NULL,
    -- Actor who fills it in: the resident, or staff at the counter
    writer VARCHAR(60) NOT NULL,
    -- Party it is for
    applicant VARCHAR(40) NOT NULL,
    -- Kind of document that counter staff have seen; empty otherwise
    seen_document VARCHAR(40) NOT NULL,
    answers ${longtext} NOT NULL,
    -- Pages that were passed without a slip, separated by spaces
    done_pages VARCHAR(1000) NOT NULL,
    created_ms BIGINT NOT NULL,
    changed_ms BIGINT NOT NULL
);

CREATE INDEX procedures_draft_writer ON procedures_draft (writer, changed_ms);

-- What a case of a procedure has besides the case itself.
CREATE TABLE procedures_filing (
    case_id VARCHAR(20) NOT NULL PRIMARY KEY,
    procedure_code VARCHAR(40) NOT NULL,
    -- How the applicant was known: identity, document (a picture to be looked at), counter, or sign-in
    proof VARCHAR(20) NOT NULL,
    seen_document VARCHAR(40) NOT NULL,
    -- Yen; -1 for none
    fee_yen BIGINT NOT NULL,
    -- Decision tables that were asked, table@version#row, separated by spaces
    rules VARCHAR(1000) NOT NULL,
    eligible BOOLEAN NOT NULL,
    -- Fields that the applicant is asked to correct, separated by spaces
    asked_fields VARCHAR(2000) NOT NULL,
    -- grant, refuse, or empty before a proposal
    outcome VARCHAR(20) NOT NULL,
    reason VARCHAR(2000) NOT NULL,
    amount_yen BIGINT NOT NULL,
    -- Number of the issued document
    document VARCHAR(60) NOT NULL,
    filed_ms BIGINT NOT NULL
);

CREATE INDEX procedures_filing_code ON procedures_filing (procedure_code, filed_ms);
