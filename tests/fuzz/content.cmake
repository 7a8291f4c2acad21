help_fuzz(pack SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/pack.c LINK content)
target_link_options(fuzz_pack PRIVATE -Wl,--wrap=arena_init -Wl,--wrap=arena_finish)
