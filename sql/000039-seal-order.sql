-- Rows are read to be sealed in this order. By the first two alone PostgreSQL sorts all that wait
-- for each thousand of them, as after a standstill.

drop index audit_order;
create index audit_order on audit (epoch, xid, id collate "C");
