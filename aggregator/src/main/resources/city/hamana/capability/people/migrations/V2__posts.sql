-- Where a member of staff works: the division's code and the rank; both empty for others.
ALTER TABLE people_user ADD COLUMN department VARCHAR(40) DEFAULT '' NOT NULL;
ALTER TABLE people_user ADD COLUMN position_rank VARCHAR(20) DEFAULT '' NOT NULL;
-- How well the session proves who it is.
ALTER TABLE people_session ADD COLUMN proof VARCHAR(20) DEFAULT 'ONE_FACTOR' NOT NULL;
