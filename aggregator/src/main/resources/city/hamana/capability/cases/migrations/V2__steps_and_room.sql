-- The way of an application through the house, as the definition said when it arrived: a change of the definition does not
-- move what is under way.
CREATE TABLE cases_step (
    case_id VARCHAR(20) NOT NULL REFERENCES cases_case (id),
    -- Place on the way, from 0
    at_step INT NOT NULL,
    step_code VARCHAR(40) NOT NULL,
    -- examine, draft, agree or decide
    step_work VARCHAR(20) NOT NULL,
    step_department VARCHAR(40) NOT NULL,
    -- Least rank that may finish it
    step_rank VARCHAR(20) NOT NULL,
    -- Who finished it, person:ID and name; empty and 0 while it is still to be done
    done_by VARCHAR(60) NOT NULL,
    done_name VARCHAR(200) NOT NULL,
    done_ms BIGINT NOT NULL,
    PRIMARY KEY (case_id, at_step)
);

ALTER TABLE cases_case ADD COLUMN step_at INT DEFAULT 0 NOT NULL;

-- The case at whose visit staff opened this one, or empty
ALTER TABLE cases_case ADD COLUMN opened_from VARCHAR(20) DEFAULT '' NOT NULL;

CREATE INDEX cases_case_opened_from ON cases_case (opened_from);

-- Cases from before had two steps in one department.
INSERT INTO cases_step (case_id, at_step, step_code, step_work, step_department, step_rank, done_by, done_name, done_ms)
SELECT id, 0, 'draft', 'draft', department, 'officer', '', '', 0 FROM cases_case WHERE kind <> 'road-report';

INSERT INTO cases_step (case_id, at_step, step_code, step_work, step_department, step_rank, done_by, done_name, done_ms)
SELECT id, 1, 'decide', 'decide', department,
  CASE WHEN state IN ('PROPOSED', 'DECIDED', 'CLOSED') THEN decider_rank ELSE 'manager' END, '', '', 0
FROM cases_case WHERE kind <> 'road-report';

UPDATE cases_case SET step_at = 1 WHERE kind <> 'road-report' AND state IN ('PROPOSED', 'DECIDED', 'CLOSED');

ALTER TABLE cases_case DROP COLUMN decider_rank;

-- How much is attached to one case or draft: looked at and taken in one statement, so that the limit holds however many
-- files are sent at once.
CREATE TABLE cases_room (
    -- case:ID or draft:ID
    about VARCHAR(60) NOT NULL PRIMARY KEY,
    files INT NOT NULL,
    bytes BIGINT NOT NULL,
    -- When the last file came
    changed_ms BIGINT NOT NULL
);

INSERT INTO cases_room (about, files, bytes, changed_ms)
SELECT about, COUNT(*), SUM(length_bytes), MAX(added_ms) FROM cases_file GROUP BY about;
