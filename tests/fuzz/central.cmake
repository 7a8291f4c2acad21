foreach(harness api_body http_gate)
    help_fuzz(${harness} SOURCES ${harness}.c LINK central)
endforeach()
