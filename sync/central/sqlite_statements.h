/*
 * Every statement that the server may ever run, in one list: prepared when the store is opened, so
 * a typing error shows at once and no text is ever pasted into SQL. BOTH are also prepared on the
 * connections that only read. A parameter called :practice is the tenant filter: '' sees all.
 * The unit tests ask for the query plan of each and refuse one that walks through a big table.
 */
#ifndef CENTRAL_SQLITE_STATEMENTS_H
#define CENTRAL_SQLITE_STATEMENTS_H

/* The columns of struct signup_item, in the order in which signups.c reads them, and the record. */
#define ITEM_COLUMNS                                                                             \
    "s.record, s.reference, s.received_at, s.made_at, s.given_name, s.family_name, "             \
    "s.nhs_number, s.birth_date, s.language, s.mode, s.status, s.attention, s.consent_version, " \
    "s.email, s.mobile, s.postcode, coalesce(k.name, ''), s.practice, coalesce(p.name, ''), "    \
    "s.plaintext "
#define ITEM_JOINS \
    "LEFT JOIN kiosk k ON k.id = s.kiosk LEFT JOIN practice p ON p.code = s.practice "
#define KIOSK_COLUMNS "k.id, k.name, k.practice, p.name, k.public_key, k.mode, k.revoked "
#define USER_COLUMNS                                                                      \
    "u.id, u.email, u.name, coalesce(u.practice, ''), coalesce(p.name, ''), u.password, " \
    "u.role = 'programme' "
/* The newest matches of a search, as ids. */
#define MATCHES                                                            \
    "(SELECT rowid AS id FROM signup_word WHERE signup_word MATCH :match " \
    "ORDER BY rowid DESC LIMIT :most) "

#define SQLITE_STATEMENTS(WRITE, BOTH)                                                             \
    WRITE(SQL_BEGIN, "BEGIN IMMEDIATE")                                                            \
    WRITE(SQL_COMMIT, "COMMIT")                                                                    \
    WRITE(SQL_ROLLBACK, "ROLLBACK")                                                                \
    BOTH(SQL_READ_BEGIN, "BEGIN")                                                                  \
    BOTH(SQL_READ_END, "COMMIT")                                                                   \
    BOTH(SQL_INCARNATION, "SELECT incarnation FROM server")                                        \
    WRITE(SQL_SERVER_ADD, "INSERT INTO server VALUES (1, :incarnation)")                           \
    WRITE(SQL_SERVER_RENEW, "UPDATE server SET incarnation = :incarnation")                        \
    /* accounts */                                                                                 \
    WRITE(SQL_PRACTICE_ADD, "INSERT INTO practice VALUES (:code, :name, :now)")                    \
    BOTH(SQL_PRACTICE_FIND, "SELECT code, name FROM practice WHERE code = :code")                  \
    WRITE(SQL_USER_ADD,                                                                            \
          "INSERT INTO user (email, name, role, practice, password, created_at) VALUES (:email, "  \
          ":name, iif(:practice = '', 'programme', 'practice'), nullif(:practice, ''), "           \
          ":password, :now)")                                                                      \
    BOTH(SQL_USER_FIND,                                                                            \
         "SELECT " USER_COLUMNS "FROM user u LEFT JOIN practice p ON p.code = u.practice "         \
         "WHERE u.email = :email")                                                                 \
    WRITE(SQL_TRY, "INSERT INTO sign_in_try VALUES (:key, 1, :now) ON CONFLICT (key) DO UPDATE "   \
                   "SET tries = iif(since <= :before OR since > :now, 1, tries + 1), "             \
                   "since = iif(since <= :before OR since > :now, :now, since) "                   \
                   "RETURNING tries")                                                              \
    WRITE(SQL_TRY_CLEAR, "DELETE FROM sign_in_try WHERE key = :key")                               \
    WRITE(SQL_TRY_TAKE_BACK,                                                                       \
          "UPDATE sign_in_try SET tries = tries - 1 WHERE key = :key AND tries > 0")               \
    WRITE(SQL_TRY_PURGE, "DELETE FROM sign_in_try WHERE since <= :before")                         \
    WRITE(SQL_SESSION_ADD, "INSERT INTO session VALUES (:token, :user, :now, :now)")               \
    WRITE(SQL_SESSION_PURGE, "DELETE FROM session WHERE seen_at <= :before")                       \
    BOTH(SQL_SESSION_FIND,                                                                         \
         "SELECT " USER_COLUMNS ", t.seen_at FROM session t JOIN user u ON u.id = t.user "         \
         "LEFT JOIN practice p ON p.code = u.practice WHERE t.token_hash = :token "                \
         "AND t.seen_at > :before AND t.created_at > :oldest")                                     \
    WRITE(SQL_SESSION_SEEN, "UPDATE session SET seen_at = :now WHERE token_hash = :token")         \
    WRITE(SQL_SESSION_END, "DELETE FROM session WHERE token_hash = :token RETURNING user")         \
    /* kiosks */                                                                                   \
    WRITE(SQL_KIOSK_ADD, "INSERT INTO kiosk (id, practice, name, public_key, mode, created_at) "   \
                         "VALUES (:kiosk, :practice, :name, :key, :mode, :now)")                   \
    WRITE(SQL_KIOSK_REVOKE, "UPDATE kiosk SET revoked = 1 WHERE id = :kiosk RETURNING practice")   \
    BOTH(SQL_KIOSK_FIND,                                                                           \
         "SELECT " KIOSK_COLUMNS                                                                   \
         "FROM kiosk k JOIN practice p ON p.code = k.practice WHERE k.id = :kiosk")                \
    BOTH(SQL_KIOSK_LIST_ONE,                                                                       \
         "SELECT " KIOSK_COLUMNS ", k.made, k.waiting, k.version, coalesce(k.last_contact, 0) "    \
         "FROM kiosk k JOIN practice p ON p.code = k.practice WHERE k.practice = :practice "       \
         "ORDER BY k.name, k.id")                                                                  \
    BOTH(SQL_KIOSK_LIST_ALL,                                                                       \
         "SELECT " KIOSK_COLUMNS ", k.made, k.waiting, k.version, coalesce(k.last_contact, 0) "    \
         "FROM kiosk k JOIN practice p ON p.code = k.practice ORDER BY p.name, k.name, k.id")      \
    BOTH(SQL_KIOSK_RUNS, "SELECT first, last FROM seq_run WHERE kiosk = :kiosk ORDER BY first")    \
    BOTH(SQL_KIOSK_UNREAD, "SELECT (SELECT count(*) FROM inbox WHERE kiosk = :kiosk "              \
                           "AND outcome IN ('deferred', 'rejected')) "                             \
                           "+ (SELECT count(*) FROM conflict WHERE kiosk = :kiosk)")               \
    BOTH(SQL_KIOSK_ATTENTION, "SELECT count(*) FROM signup INDEXED BY signup_kiosk_attention "     \
                              "WHERE kiosk = :kiosk AND folder = 'needs_attention'")               \
    BOTH(SQL_KIOSK_WITHDRAWN,                                                                      \
         "SELECT count(*) FROM signup WHERE kiosk = :kiosk AND status = 'withdrawn'")              \
    WRITE(SQL_KIOSK_CLAIMS,                                                                        \
          "UPDATE kiosk SET made = max(made, :made), version = :version, last_contact = :now, "    \
          "waiting = min(iif(:direct OR :made >= made, :waiting, waiting), max(made, :made) - "    \
          "(SELECT coalesce(sum(last - first + 1), 0) FROM seq_run WHERE kiosk = :kiosk)) "        \
          "WHERE id = :kiosk")                                                                     \
    WRITE(SQL_KIOSK_MADE, "SELECT made FROM kiosk WHERE id = :kiosk")                              \
    /* ingest */                                                                                   \
    WRITE(                                                                                         \
        SQL_INBOX_ADD,                                                                             \
        "INSERT INTO inbox (record, kiosk, seq, sha256, key, sealed, received_at, via, outcome, "  \
        "code, words) VALUES (:record, :kiosk, :seq, :sha256, :key, :sealed, :now, :via, "         \
        ":outcome, :code, :words) ON CONFLICT (record) DO NOTHING")                                \
    WRITE(SQL_INBOX_GET, "SELECT sha256, outcome, code, words FROM inbox WHERE record = :record")  \
    WRITE(SQL_INBOX_READ,                                                                          \
          "UPDATE inbox SET outcome = :outcome, code = :code, words = :words "                     \
          "WHERE record = :record AND sha256 = :sha256 AND outcome IN ('deferred', 'rejected')")   \
    WRITE(SQL_INBOX_GONE,                                                                          \
          "UPDATE inbox SET outcome = 'gone', sealed = NULL, code = '', words = '' "               \
          "WHERE record = :record")                                                                \
    BOTH(SQL_INBOX_UNREAD,                                                                         \
         "SELECT i.id, i.record, i.seq, i.sha256, i.key, i.sealed, " KIOSK_COLUMNS                 \
         "FROM inbox i JOIN kiosk k ON k.id = i.kiosk "                                            \
         "JOIN practice p ON p.code = k.practice WHERE i.outcome IN ('deferred', 'rejected') "     \
         "AND i.id > :after ORDER BY i.id LIMIT :limit")                                           \
    WRITE(                                                                                         \
        SQL_CONFLICT_ADD,                                                                          \
        "INSERT INTO conflict VALUES (:record, :sha256, :kiosk, :seq, :key, :sealed, :now, :via) " \
        "ON CONFLICT (record, sha256) DO NOTHING")                                                 \
    WRITE(SQL_RUN_AT, "SELECT first, last FROM seq_run WHERE kiosk = :kiosk AND first <= :first "  \
                      "ORDER BY first DESC LIMIT 1")                                               \
    WRITE(SQL_RUN_AFTER,                                                                           \
          "SELECT first, last FROM seq_run WHERE kiosk = :kiosk AND first > :first "               \
          "ORDER BY first LIMIT 1")                                                                \
    WRITE(SQL_RUN_REMOVE, "DELETE FROM seq_run WHERE kiosk = :kiosk AND first = :first")           \
    WRITE(SQL_RUN_PUT, "INSERT INTO seq_run VALUES (:kiosk, :first, :last) "                       \
                       "ON CONFLICT (kiosk, first) DO UPDATE SET last = :last")                    \
    WRITE(                                                                                         \
        SQL_SIGNUP_ADD,                                                                            \
        "INSERT INTO signup (record, practice, kiosk, reference, received_at, made_at, status, "   \
        "attention, given_name, family_name, name_key, nhs_number, birth_date, language, mode, "   \
        "consent_version, email, mobile, postcode, plaintext) VALUES (:record, :practice, "        \
        ":kiosk, :reference, :now, "                                                               \
        ":made_at, 'received', :attention, :given, :family, :name_key, :nhs, :birth, :language, "  \
        ":mode, :consent, :email, :mobile, :postcode, :plaintext) ON CONFLICT (record) DO "        \
        "NOTHING")                                                                                 \
    WRITE(SQL_FOLDER_ADD, "INSERT INTO folder_count VALUES (:practice, :folder, 1) "               \
                          "ON CONFLICT (practice, folder) DO UPDATE SET n = n + 1")                \
    WRITE(SQL_WORD_ADD, "INSERT INTO signup_word (rowid, practice, name, number) "                 \
                        "VALUES (:id, :practice, :name, :number)")                                 \
    /* worklist */                                                                                 \
    BOTH(SQL_LIST_ONE,                                                                             \
         "SELECT " ITEM_COLUMNS "FROM signup s " ITEM_JOINS                                        \
         "WHERE s.practice = :practice ORDER BY s.id DESC LIMIT :limit OFFSET :from")              \
    BOTH(SQL_LIST_ALL, "SELECT " ITEM_COLUMNS "FROM signup s " ITEM_JOINS                          \
                       "WHERE s.id > 0 ORDER BY s.id DESC LIMIT :limit OFFSET :from")              \
    BOTH(SQL_LIST_FOLDER_ONE, "SELECT " ITEM_COLUMNS "FROM signup s " ITEM_JOINS                   \
                              "WHERE s.practice = :practice AND s.folder = :folder "               \
                              "ORDER BY s.id DESC LIMIT :limit OFFSET :from")                      \
    BOTH(SQL_LIST_FOLDER_ALL,                                                                      \
         "SELECT " ITEM_COLUMNS "FROM signup s " ITEM_JOINS                                        \
         "WHERE s.folder = :folder ORDER BY s.id DESC LIMIT :limit OFFSET :from")                  \
    BOTH(SQL_SEARCH,                                                                               \
         "SELECT " ITEM_COLUMNS "FROM " MATCHES "m JOIN signup s ON s.id = m.id " ITEM_JOINS       \
         "WHERE (:practice = '' OR s.practice = :practice) "                                       \
         "AND (:folder = '' OR s.folder = :folder) "                                               \
         "ORDER BY m.id DESC LIMIT :limit OFFSET :from")                                           \
    BOTH(SQL_SEARCH_COUNTS,                                                                        \
         "SELECT s.folder, count(*) FROM " MATCHES "m JOIN signup s ON s.id = m.id "               \
         "WHERE (:practice = '' OR s.practice = :practice) GROUP BY s.folder")                     \
    BOTH(SQL_COUNTS_ONE, "SELECT folder, n FROM folder_count WHERE practice = :practice")          \
    BOTH(SQL_COUNTS_ALL, "SELECT folder, sum(n) FROM folder_count GROUP BY folder")                \
    BOTH(SQL_ARRIVED_ONE,                                                                          \
         "SELECT count(*) FROM signup WHERE practice = :practice AND received_at >= :since")       \
    BOTH(SQL_ARRIVED_ALL, "SELECT count(*) FROM signup WHERE received_at >= :since")               \
    BOTH(SQL_CONTACT_ONE, "SELECT max(last_contact) FROM kiosk WHERE practice = :practice")        \
    BOTH(SQL_CONTACT_ALL, "SELECT max(last_contact) FROM kiosk")                                   \
    /* all of them by an index alone, less the few that were withdrawn */                          \
    BOTH(SQL_SIGNUP_COUNTS,                                                                        \
         "SELECT k.practice, (SELECT count(*) FROM signup s "                                      \
         "WHERE s.practice = k.practice AND s.received_at >= :since) "                             \
         "- sum((SELECT count(*) FROM signup s INDEXED BY signup_kiosk_withdrawn "                 \
         "WHERE s.kiosk = k.id AND s.status = 'withdrawn' AND s.practice = k.practice "            \
         "AND s.received_at >= :since)) "                                                          \
         "FROM kiosk k GROUP BY k.practice HAVING min(k.revoked) = 0")                             \
    BOTH(SQL_SIGNUP_GET,                                                                           \
         "SELECT " ITEM_COLUMNS ", coalesce(k.mode, 'demo'), s.name_key FROM signup "              \
         "s " ITEM_JOINS                                                                           \
         "WHERE s.record = :record AND (:practice = '' OR s.practice = :practice)")                \
    BOTH(SQL_ALIKE_NUMBER,                                                                         \
         "SELECT record, reference, given_name, family_name FROM signup WHERE nhs_number <> '' "   \
         "AND nhs_number = :nhs AND record <> :record "                                            \
         "AND (:practice = '' OR practice = :practice) ORDER BY id DESC LIMIT :limit")             \
    BOTH(SQL_ALIKE_PERSON,                                                                         \
         "SELECT record, reference, given_name, family_name FROM signup "                          \
         "WHERE name_key = :name_key AND birth_date = :birth AND record <> :record "               \
         "AND (:practice = '' OR practice = :practice) ORDER BY id DESC LIMIT :limit")             \
    WRITE(SQL_STATUS_SET, "UPDATE signup SET status = :status WHERE record = :record "             \
                          "AND (:practice = '' OR practice = :practice) RETURNING practice")       \
    /* audit */                                                                                    \
    BOTH(SQL_AUDIT_LAST, "SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1")                      \
    WRITE(SQL_AUDIT_ADD, "INSERT INTO audit VALUES (:n, :at, :actor, :who, :action, :object, "     \
                         ":practice, :detail, :hash)")                                             \
    WRITE(SQL_NOTE_ADD, "INSERT INTO note VALUES (:n, :text)")                                     \
    BOTH(SQL_AUDIT_ALL,                                                                            \
         "SELECT n, at, actor, who, action, object, practice, detail, hash FROM audit "            \
         "WHERE n > :after ORDER BY n LIMIT 1000")                                                 \
    BOTH(SQL_HISTORY,                                                                              \
         "SELECT a.at, a.actor, coalesce(u.name, k.name, ''), a.action, a.detail, "                \
         "coalesce(t.text, '') FROM audit a "                                                      \
         "LEFT JOIN user u ON a.actor = 'user' AND u.id = CAST(a.who AS INTEGER) "                 \
         "LEFT JOIN signup s ON a.actor = 'kiosk' AND s.record = :record "                         \
         "LEFT JOIN kiosk k ON k.id = s.kiosk LEFT JOIN note t ON t.audit = a.n "                  \
         "WHERE a.object = :object AND a.object <> '' "                                            \
         "AND (:practice = '' OR a.practice = :practice) ORDER BY a.n DESC LIMIT :limit")

#define STATEMENT_NAME(name, text) name,
enum sqlite_statement { SQLITE_STATEMENTS(STATEMENT_NAME, STATEMENT_NAME) SQL_COUNT };
#undef STATEMENT_NAME

#endif
