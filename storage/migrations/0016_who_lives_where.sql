-- Who is to read of a volunteer is found by place, not by reading all that was ever asked and reported.
CREATE INDEX homes_area ON homes(area, person);
CREATE INDEX repairs_area ON repairs(area, asked_by) WHERE area IS NOT NULL;
CREATE INDEX voices_area ON voices(area, person) WHERE area IS NOT NULL;
