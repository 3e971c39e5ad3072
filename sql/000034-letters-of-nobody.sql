-- Whoever lives in no municipality is written to by the CPR Office, also in letters that were there
-- before letters said whose they are: of '0000' nobody sees them.
update letter set authority = '0001' where authority = '0000';
