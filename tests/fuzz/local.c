/* Packets of the local socket, as a request and as an event: what decodes encodes to the same. */
#include <stdlib.h>
#include <string.h>

#include "sync/local/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static unsigned char packet[LOCAL_MESSAGE_MAX];
    static struct local_event event;
    struct local_request request;

    if (local_request_decode(data, size, &request) == ERR_OK &&
        (local_request_encode(&request, packet) != size || memcmp(packet, data, size) != 0))
        abort();
    if (local_event_decode(data, size, &event) == ERR_OK &&
        (local_event_encode(&event, packet) != size || memcmp(packet, data, size) != 0))
        abort();
    return 0;
}
