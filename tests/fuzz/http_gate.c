/*
 * Any bytes as a request's head, cut into lines and words the way a lenient parser would: what the
 * gate lets through is checked again here by its own plain rules.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sync/central/gate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t count_named(const struct gate_request *r, const char *name)
{
    size_t count = 0;

    for (size_t i = 0; i < r->header_count; i++)
        count += r->headers[i].name.len == strlen(name) &&
                 strncasecmp(r->headers[i].name.at, name, strlen(name)) == 0;
    return count;
}

static void must(bool good)
{
    if (!good)
        abort();
}

static bool has_pair(const void *bytes, size_t size, const char pair[2])
{
    const char *at = bytes;

    for (size_t i = 0; i + 1 < size; i++) {
        if (at[i] == pair[0] && at[i + 1] == pair[1])
            return true;
    }
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct gate_hosts hosts = {2, {"localhost", "127.0.0.1"}};
    struct gate_request r = {.header_bytes = size, .takes_query = size % 2 == 0};
    struct str rest = {(const char *)data, size};
    struct str line = str_split(rest, '\n', &rest);
    uint64_t length = 0;

    if (line.len > 0 && line.at[line.len - 1] == '\r')
        line.len--;
    r.method = str_split(line, ' ', &line);
    r.uri = str_split(line, ' ', &line);
    r.version = line;
    while (rest.len > 0 && r.header_count < GATE_HEADERS_MAX) {
        line = str_split(rest, '\n', &rest);
        if (line.len > 0 && line.at[line.len - 1] == '\r')
            line.len--;
        if (line.len == 0) {
            r.header_bytes = size - rest.len;
            break;
        }
        struct str value;
        struct str name = str_split(line, ':', &value);
        r.headers[r.header_count++] = (struct gate_header){name, str_trim(value)};
    }
    enum gate_verdict verdict = gate_check(&r, &hosts, &length);
    must(gate_name(verdict)[0] != '\0');
    if (verdict != GATE_OK)
        return 0;
    must(count_named(&r, "Host") == 1 && count_named(&r, "Transfer-Encoding") == 0 &&
         count_named(&r, "Content-Length") <= 1 && count_named(&r, "Cookie") <= 1);
    must(length <= 999999999);
    size = r.header_bytes;
    must(memchr(data, '\0', size) == NULL && !has_pair(data, size, "\n ") &&
         !has_pair(data, size, "\n\t"));
    struct str path = gate_path(&r);
    must(path.len > 0 && path.at[0] == '/' && memchr(path.at, '%', path.len) == NULL &&
         !has_pair(path.at, path.len, "..") && !has_pair(path.at, path.len, "//"));
    return 0;
}
