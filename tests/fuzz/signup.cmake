help_fuzz(questionnaire SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/questionnaire.c LINK signup)
help_fuzz(record SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/record.c LINK signup)
help_fuzz(checks SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/checks.c LINK signup)
foreach(harness questionnaire record)
    target_compile_definitions(fuzz_${harness} PRIVATE
        QUESTIONNAIRE="${CMAKE_SOURCE_DIR}/assets/questionnaire.json")
endforeach()
