-- Which promises wait for staff: shown to them again when their group can be written to once more.
CREATE INDEX pledge_wordings_waiting ON pledge_wordings(pledge) WHERE state = 'waiting';
