-- What the counter saw, and by which rule a guardian's right ends.
ALTER TABLE people_mandate ADD COLUMN evidence VARCHAR(40) DEFAULT '' NOT NULL;
ALTER TABLE people_mandate ADD COLUMN evidence_note VARCHAR(800) DEFAULT '' NOT NULL;
ALTER TABLE people_mandate ADD COLUMN decided_by VARCHAR(100) DEFAULT '' NOT NULL;
-- What both sides were told so far: 0 nothing, 1 that it began, 2 that it is over.
ALTER TABLE people_mandate ADD COLUMN told INTEGER DEFAULT 0 NOT NULL;
UPDATE people_mandate SET told = 2;
